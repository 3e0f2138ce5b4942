# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""A decision as plain values, and what may be changed of it."""

import hashlib

import msgspec

from scanner.model.signoff import (
    Approver,
    BoundDuty,
    BoundFile,
    BoundFinding,
    BoundLicense,
    BoundTerm,
    BoundText,
    BoundUse,
    Content,
    Decision,
    Signoff,
)
from scanner.signoff import collect, encoded, place, statement_of


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


CONTENT = Content(
    name="org/model",
    purl="pkg:huggingface/org/model@" + "a" * 40,
    revision="a" * 40,
    texts=(
        BoundText(
            path="LICENSE", source="license-file", sha256=sha("licence"), words_sha256=sha("licence words")
        ),
        BoundText(
            path="README.md", source="card", sha256=sha("card"), words_sha256=sha("card words"), prose=True
        ),
    ),
    weights=(BoundFile(path="w.safetensors", size=10, sha256=sha("weights"), how="computed"),),
    concluded=(BoundLicense(component="weights", status="text", keys=("some-licence",)),),
    effective=(BoundTerm(license="some-licence"),),
    use_case=BoundUse(id="hosted", digest=sha("hosted")),
    verdict="conditional",
    findings=(
        BoundFinding(fingerprint=sha("warned"), rule="a/b", severity="warning", message="A warning."),
        BoundFinding(fingerprint=sha("noted"), rule="a/c", severity="note", message="A note."),
    ),
    duties=(BoundDuty(id="duties/copy"), BoundDuty(id="duties/notice", applies="no")),
    policy_digest=sha("policy"),
    catalogue_digest=sha("catalogue"),
    tool="modelscan 0.1.0",
)

SIGNOFF = Signoff(
    decision=Decision.APPROVE,
    content=CONTENT,
    accepted=(sha("warned"),),
    approver=Approver(name="A. Lawyer", email="a@example.org"),
    decided="2026-11-25",
    until="2027-01-31",
)


def content(**changed):
    """Return the content, with some of its fields changed."""
    return msgspec.structs.replace(CONTENT, **changed)


def recorded(**changed):
    """Return a decision as it lies in the store, with some of its fields changed."""
    statement = statement_of(msgspec.structs.replace(SIGNOFF, **changed))
    (found,) = collect({place(statement): encoded(statement)})
    return found
