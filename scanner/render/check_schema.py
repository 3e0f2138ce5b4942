# SPDX-FileCopyrightText: 2026 The modelscan-audit authors
#
# SPDX-License-Identifier: Apache-2.0

"""The JSON Schema of a check, made from the values that it is a view of: ``reports/check.schema.json``."""

from collections.abc import Iterator
from typing import Any

import msgspec

from scanner.model.base import Value
from scanner.model.gate import CheckReport
from scanner.render.check_json import NOT_OF_A_DUTY

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": "string"}
_TEXT_OR_NONE = {"type": ["string", "null"]}


def check_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that every output of ``render_check_json`` satisfies.

    What is written is required, and nothing else is allowed.
    """
    _, components = msgspec.json.schema_components([CheckReport], ref_template="#/$defs/{name}")
    classes = {one.__name__: one for one in _values(Value)}
    definitions = {name: _strict(one, classes.get(name)) for name, one in components.items()}
    of_report = definitions.pop("CheckReport")["properties"]
    _without(definitions["Duty"], NOT_OF_A_DUTY)
    definitions["LockEntry"]["properties"]["concluded"]["propertyNames"] = _ref("Component")
    definitions["LockedOpenness"]["properties"]["axes"]["propertyNames"] = _ref("Axis")
    of_model = definitions.pop("JudgedModel")["properties"]
    of_dependency = definitions.pop("Dependency")["properties"]
    del definitions["Evidence"]
    definitions["Model"] = _object(
        {
            **{name: of_dependency[name] for name in ("kind", "id", "revision")},
            "section": {**_TEXT_OR_NONE, "description": "null: the repository as a whole."},
            **{name: of_model[name] for name in ("known_by", "why", "verdict", "verdicts")},
            "license": {**_TEXT_OR_NONE, "description": "Of the weights, and how it is known."},
            **{name: of_model[name] for name in ("entry", "matters", "obligations", "signoff")},
            "places": {"type": "array", "items": {"description": "path:line", **_TEXT}},
        },
        "One model or data set, under the use cases and the policy of one section.",
    )
    document = {
        "schema_version": {**_TEXT, "pattern": r"^0\.[0-9]+\.[0-9]+$"},
        "statement": of_report["statement"],
        "tool": of_report["tool"],
        "catalogue": _object({"digest": _TEXT}, "The licence knowledge."),
        "as_of": {**_TEXT, "format": "date"},
        **{name: of_report[name] for name in ("use_case_stated", "comparison", "online", "verdict", "worst")},
        **{name: of_report[name] for name in ("summary", "references")},
        "models": {"type": "array", "items": _ref("Model")},
        **{name: of_report[name] for name in ("changes", "findings", "rules")},
        "within": {**_TEXT_OR_NONE, "description": "The checked folder below the top of the git repository."},
        **{name: of_report[name] for name in ("notes", "unread")},
        "disclaimer": _TEXT,
    }
    return {
        "$schema": _DRAFT,
        "title": "modelscan check",
        **_object(document, "The result of modelscan check."),
        "$defs": dict(sorted(definitions.items())),
    }


def _values(of: type[Value]) -> Iterator[type[Value]]:
    for one in of.__subclasses__():
        yield one
        yield from _values(one)


def _strict(node: dict[str, Any], value: type[Value] | None) -> dict[str, Any]:
    """Return a definition in which all that is written is required."""
    found = {name: part for name, part in _plain(node).items() if name != "title"}
    if value is not None and not value.__struct_config__.omit_defaults:
        found["required"] = list(found["properties"])
    return found


def _plain(node: Any) -> Any:  # noqa: ANN401  any part of a schema
    """Return a part of a schema without the values that readers of ours fill in."""
    if isinstance(node, dict):
        return {name: _plain(part) for name, part in node.items() if name != "default"}
    return [_plain(part) for part in node] if isinstance(node, list) else node


def _without(node: dict[str, Any], names: frozenset[str]) -> None:
    node["properties"] = {name: one for name, one in node["properties"].items() if name not in names}
    node["required"] = [name for name in node["required"] if name not in names]


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _object(properties: dict[str, Any], description: str) -> dict[str, Any]:
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
