# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""Our records against those that others wrote after reading the same texts.

Each field that both can say is compared. Where they differ, the text decided, and
`tests/truth/licences.yaml` says what each side states and where the text settles it: a difference
that is not listed there fails, and so does a settlement that no longer describes a difference.
What only one side states is counted apart, for absent is never "no". Left out is what has no
counterpart of a closed form: names, licensors, conditions and consequences in free words.
"""

import re
from pathlib import Path

from scanner.catalog import load_catalogue
from scanner.guarded.yaml import load_own

CATALOGUE = load_catalogue()
TRUTH = Path(__file__).parents[1] / "truth/licences.yaml"
READ = {"read_full", "read_operative_sections", "known_text_spot_checked"}
"""Their statuses that support a definite statement."""

NONE = "none"
"""The text was read and has no such clause, as either side is rendered here."""

SECTIONS = {
    "grants": "rights",
    "commercial_use": "commercial_use",
    "mau_threshold": "user_threshold",
    "revenue_threshold": "revenue_threshold",
    "territory": "territory",
    "acceptable_use": "acceptable_use",
    "flow_down": "flow_down",
    "attribution_display": "display_phrase",
    "notice_file": "notice_file",
    "notice_other": "notice_other",
    "copy_of_license": "license_copy",
    "state_changes": "state_changes",
    "naming": "naming",
    "outputs": "output_training",
    "share_alike": "share_alike",
    "registration": "registration",
    "updates": "updates",
    "export_control": "export_control",
    "unilateral_change": "unilateral_change",
}
"""Their fields that name a section, with our clause kind."""

VALUES = {
    "grants.use": ("rights", "use"),
    "grants.modify": ("rights", "modify"),
    "grants.redistribute": ("rights", "redistribute"),
    "grants.sublicense": ("rights", "sublicense"),
    "grants.patent": ("rights", "patent"),
    "commercial_use": ("commercial_use", "value"),
    "mau_threshold": ("user_threshold", "value"),
    "mau_threshold.metric": ("user_threshold", "metric"),
    "mau_threshold.comparator": ("user_threshold", "comparator"),
    "mau_threshold.measured": ("user_threshold", "measured"),
    "mau_threshold.effect": ("user_threshold", "effect"),
    "revenue_threshold": ("revenue_threshold", "amount"),
    "revenue_threshold.currency": ("revenue_threshold", "currency"),
    "revenue_threshold.period": ("revenue_threshold", "period"),
    "revenue_threshold.comparator": ("revenue_threshold", "comparator"),
    "revenue_threshold.measured": ("revenue_threshold", "measured"),
    "revenue_threshold.effect": ("revenue_threshold", "effect"),
    "territory": ("territory", "type"),
    "acceptable_use": ("acceptable_use", "mode"),
    "acceptable_use.updatable": ("acceptable_use", "updatable"),
    "attribution_display": ("display_phrase", "phrase"),
    "attribution_display.mandatory": ("display_phrase", "mandatory"),
    "notice_file": ("notice_file", "required"),
    "naming.prefix": ("naming", "prefix"),
    "naming.covers_output_trained": ("naming", "covers_output_trained"),
    "outputs.train_other_models": ("output_training", "value"),
    "outputs.train_other_models_scope": ("output_training", "scope"),
    "share_alike": ("share_alike", "applies"),
}
"""Fields that one of our clauses holds: (kind, name)."""

PRESENT = {
    "research_only": "research_only",
    "flow_down": "flow_down",
    "notice_other": "notice_other",
    "copy_of_license": "license_copy",
    "state_changes": "state_changes",
    "naming": "naming",
    "trademark": "trademark",
    "registration": "registration",
    "updates": "updates",
    "termination": "termination",
    "termination.ip_litigation": "ip_litigation",
    "governing_law": "governing_law",
    "export_control": "export_control",
    "indemnity": "indemnity",
    "unilateral_change": "unilateral_change",
}
"""Fields that say whether there is a clause of a kind."""

ENDINGS = {"ip_litigation_section": "ip_litigation", "breach_section": "termination"}
IN_WORDS = ("governing_law", "indemnity")
"""Their fields that are words with a section among them."""

EFFECTS = {
    "display": "display",
    "royalty": "royalty",
    "no rights": "no-rights",
    "cannot exercise": "no-rights",
    "only the rights": "no-rights",
    "shall terminate": "no-rights",
}
METRICS = {
    "monthly active": "monthly-active-users",
    "daily active": "daily-active-users",
    "monthly unique": "monthly-unique-users",
}
PERIODS = {"annual": "year", "preceding 12 months": "year", "monthly": "month"}
PLACES = {"European Union": "EU", "United Kingdom": "GB", "South Korea": "KR"}


def pairs(corpus):
    """Yield their read records with ours of the same text, where both were read."""
    for entry in load_own(corpus / "facts/licences.yaml")["records"]:
        names = [str(entry[name]).lower() for name in ("id", "scancode_key", "spdx_id")]
        keys = {CATALOGUE.names[name] for name in names if name in CATALOGUE.names}
        assert len(keys) <= 1, f"{entry['id']} is more than one record of ours: {keys}"
        if entry["text_status"] in READ and keys:
            record = CATALOGUE.licenses[keys.pop()]
            if record.read:
                yield entry, record


def word(table, text):
    """Return what a table makes of the first of its words that stand in a text."""
    return next((value for part, value in table.items() if part in text.lower()), None)


def at_top(sections):
    """Return the first level of each section that a text names, or nothing when none is numbered."""
    return frozenset(re.findall(r"(?:^|[\s,;])(\d+|[IVX]+)(?=[\s.,;()-]|$)", sections or ""))


def theirs(entry):
    """Yield every field of their record that ours can say: (field, value); nothing where they state none."""
    yield "date", entry["date"]
    yield "osi_approved", entry["osi_approved"]
    if entry["spdx_id"]:
        yield "spdx_id", entry["spdx_id"].split(" ")[0].removesuffix("-only")
    yield "scancode_key", entry["scancode_key"]
    yield "research_only", entry["research_only"]
    yield "hub_tags", frozenset(tag for tag in entry["hub_tags"] or () if tag in CATALOGUE.tags) or None
    for kind in IN_WORDS:
        yield kind, None if entry[kind] is None else entry[kind] != NONE
        yield f"{kind}.section", at_top(re.sub(r"[()]|\bs\.", " ", entry[kind] or "")) or None
    yield from _their_grants(entry)
    yield from _their_lines(entry)
    yield from _their_shown_words(entry)
    yield from _their_duties(entry)
    yield from _their_endings(entry)
    for field in SECTIONS:
        clause = entry[field]
        if isinstance(clause, dict) and (found := at_top(clause.get("section"))):
            yield f"{field}.section", found


def _their_grants(entry):
    for field, value in (entry["grants"] or {}).items():
        if field in {"use", "modify", "redistribute", "sublicense", "patent"}:
            yield f"grants.{field}", value
    yield "commercial_use", (entry["commercial_use"] or {}).get("value")


def _their_lines(entry):
    users, revenue, territory = entry["mau_threshold"], entry["revenue_threshold"], entry["territory"]
    if users is not None:
        yield "mau_threshold", NONE if users == NONE else users["value"]
    if isinstance(users, dict):
        yield "mau_threshold.metric", word(METRICS, users["metric"])
        yield "mau_threshold.comparator", _comparator(users["comparator"])
        yield "mau_threshold.affiliates", users.get("affiliates")
        yield "mau_threshold.measured", _measured(users["measured_when"])
        yield "mau_threshold.noncommercial", users.get("applies_to_noncommercial")
        yield "mau_threshold.effect", word(EFFECTS, users["consequence"])
        yield "mau_threshold.exception", bool(users.get("exception")) or None
    if revenue is not None:
        yield "revenue_threshold", NONE if revenue == NONE else revenue["amount"]
    if isinstance(revenue, dict):
        yield "revenue_threshold.currency", revenue["currency"][:3]
        yield "revenue_threshold.period", word(PERIODS, revenue["period"])
        yield "revenue_threshold.comparator", _comparator(revenue["comparator"])
        yield "revenue_threshold.measured", _measured(revenue["measured_when"])
        yield "revenue_threshold.effect", word(EFFECTS, revenue["consequence"])
    if territory is not None:
        yield "territory", NONE if territory == NONE else territory["type"].replace("_", "-")
    if isinstance(territory, dict):
        named = f"{territory.get('who')} {territory.get('excluded')}"
        yield "territory.places", frozenset(code for place, code in PLACES.items() if place in named)
        yield "territory.multimodal", "multimodal" in territory["scope"]
        yield "territory.exception", bool(territory.get("exception")) or None


def _comparator(text):
    return "greater_than" if re.match("greater than|more than|exceeds", text) else None


def _measured(text):
    if not text or "does not say" in text:
        return None
    return "at-date" if "release date" in text and "no release-date" not in text else "continuing"


def _their_shown_words(entry):
    use, display, notice = entry["acceptable_use"], entry["attribution_display"], entry["notice_file"]
    if use is not None:
        yield "acceptable_use", re.sub(r" \(.*", "", use["mode"]).replace("_", "-")
        yield "acceptable_use.updatable", use.get("updatable")
        yield "acceptable_use.url", re.sub(r"^https?://|/$| \(.*", "", use.get("url") or "").lower() or None
    if display is not None:
        yield "attribution_display", NONE if display == NONE else display["phrase"]
    if isinstance(display, dict):
        yield "attribution_display.mandatory", display["mandatory"] if display["phrase"] else None
    if notice is not None:
        required = {True: "always", False: NONE, "only_if_work_includes_NOTICE": "only-if-notice"}
        yield "notice_file", required[notice["required"]]
        yield "notice_file.exact_text", plain(notice.get("exact_text"))


def _their_duties(entry):
    for field in ("flow_down", "copy_of_license", "state_changes"):
        if entry[field]:
            yield field, bool(entry[field]["required"])
    for field in ("notice_other", "registration", "naming", "export_control"):
        clause = entry[field]
        if clause == NONE:
            yield field, False
        elif isinstance(clause, dict) and clause.get("section", True):
            yield field, clause.get("required", True)
    if isinstance(entry["naming"], dict):
        yield "naming.prefix", entry["naming"]["prefix"]
        yield "naming.covers_output_trained", entry["naming"]["covers_output_trained_models"]
    if entry.get("trademark_and_brand"):
        yield "trademark", True
    if entry["outputs"]:
        trained = entry["outputs"]["train_other_models"]
        yield "outputs.train_other_models", None if trained == "n/a" else trained
        yield "outputs.train_other_models_scope", entry["outputs"].get("train_other_models_scope")
    if entry["share_alike"]:
        yield "share_alike", entry["share_alike"]["applies"]


def _their_endings(entry):
    ending, updates, change = entry["termination"], entry["updates"], entry["unilateral_change"]
    if ending:
        yield "termination.ip_litigation", ending["ip_litigation"] != NONE
        breach = ending["breach"] is not None and not re.match(r"no(ne)?\b", ending["breach"])
        # They leave open what "revocable" without a ground amounts to.
        yield "termination", breach or ending["at_will_by_licensor"]
        for field in ENDINGS:
            yield field, at_top(ending[field]) or None
    if updates:
        yield "updates", updates["must_use_latest"] or updates["licensor_may_restrict_remotely"]
    if change:
        # That a policy named by its address can change is said of the policy, in our records.
        words = {"policy_only": False, "ambiguous": None}
        yield "unilateral_change", words.get(change["value"], change["value"])


def plain(text):
    """Return the words of a notice, quotation marks and the copyright sign alike."""
    if text is None:
        return None
    if isinstance(text, frozenset):  # a long notice stands in parts
        return frozenset(map(plain, text))
    return re.sub(r"[^a-z0-9]+", " ", text.lower().replace("\u00a9", "(c)")).strip()


def ours(record):
    """Return what our record says in each of those fields; of several clauses, all that they say."""

    def said(kind, name):
        clauses = getattr(record, kind)
        values = {getattr(clause, name) for clause in clauses} - {None}
        absent = None if clauses else NONE
        return frozenset(values) if len(values) > 1 else next(iter(values), absent)

    def address(url):
        return url and re.sub(r"^https?://|/$", "", url).lower()

    own = {field: said(kind, name) for field, (kind, name) in VALUES.items()}
    own |= {field: bool(getattr(record, kind)) for field, kind in PRESENT.items()}
    own |= {
        "date": record.date,
        "osi_approved": record.osi_approved,
        "spdx_id": record.spdx_id and record.spdx_id.removesuffix("-only"),
        "scancode_key": record.scancode_key,
        "hub_tags": frozenset(tag for tag, means in CATALOGUE.tags.items() if record.key in means.keys),
        "mau_threshold.affiliates": said("user_threshold", "counts") == "group",
        "mau_threshold.noncommercial": said("user_threshold", "commercial_only") is False,
        "territory.places": frozenset(place for clause in record.territory for place in clause.places),
        "mau_threshold.exception": bool(said("user_threshold", "exception")),
        "territory.exception": bool(said("territory", "exception")),
        "territory.multimodal": said("territory", "models") == "multimodal",
        "acceptable_use.url": address(said("acceptable_use", "url")),
        "notice_file.exact_text": plain(said("notice_file", "exact_text")),
    }
    if not record.output_training:
        # That the text was read and has no such clause is what they call silent.
        own["outputs.train_other_models"] = "silent"
    places = {f"{field}.section": kind for field, kind in SECTIONS.items()} | ENDINGS
    for field, kind in (places | {f"{kind}.section": kind for kind in IN_WORDS}).items():
        own[field] = frozenset().union(*(at_top(one.section) for one in getattr(record, kind)))
    return own


def agree(field, their_value, our_value):
    """Whether both say the same; of sections and tags, one that both name is enough."""
    if field.endswith("section") or field == "hub_tags":
        return bool(their_value & our_value)
    return our_value == their_value or (isinstance(our_value, frozenset) and their_value in our_value)


def written(value):
    """Return a value as the file of settlements writes it."""
    return sorted(value) if isinstance(value, frozenset) else value


def test_their_records_and_ours_agree_or_the_text_settles_it(corpus):
    settled = {(one["key"], one["field"]): one for one in load_own(TRUTH)}
    compared, one_sided, differing = 0, 0, {}
    for entry, record in pairs(corpus):
        own = ours(record)
        for field, value in theirs(entry):
            stated = (value is not None) + (own[field] not in (None, frozenset()))
            if stated < 2:
                one_sided += stated
                continue
            compared += 1
            if not agree(field, value, own[field]):
                differing[record.key, field] = {"ours": written(own[field]), "theirs": written(value)}
    agreed = compared - len(differing)
    print(f"agrees on {agreed} of {compared} fields, {len(differing)} settled")
    print(f"not stated by one side: {one_sided}")
    unsettled = {place: sides for place, sides in differing.items() if place not in settled}
    assert not unsettled
    assert set(settled) == set(differing), "a settlement is left over"
    for place, sides in differing.items():
        assert sides.items() <= settled[place].items(), place
    assert compared > 1600


def test_a_settlement_names_the_section_and_the_reason():
    settled = load_own(TRUTH)
    places = [(one["key"], one["field"]) for one in settled]
    assert len(places) == len(set(places))
    for one in settled:
        assert set(one) == {"key", "field", "ours", "theirs", "section", "settled"}
        assert one["key"] in CATALOGUE.licenses
        assert one["section"]
        assert len(one["settled"].split()) > 5


def test_which_of_their_read_records_have_one_of_ours(corpus):
    read = [one for one in load_own(corpus / "facts/licences.yaml")["records"] if one["text_status"] in READ]
    shared = list(pairs(corpus))
    without = {one["id"] for one in read} - {entry["id"] for entry, _ in shared}
    print(f"{len(shared)} of their {len(read)} read records have one of ours; not: {sorted(without)}")
    assert len({record.key for _, record in shared}) == len(shared) >= 38
