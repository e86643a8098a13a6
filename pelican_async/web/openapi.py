"""The description of what the service answers, as OpenAPI has it."""

from importlib.metadata import version
from typing import Any, Final

LARGEST: Final = 2**63 - 1
"""Numbers of datasets end there."""
NUMBER: Final = {"type": "integer"}
TEXT: Final = {"type": "string"}
DATASET: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "id": NUMBER,
        "name": TEXT,
        "ancestor_id": {"type": ["integer", "null"]},
        "phase": {"enum": ["CONTRACTING_PROCESS", "DATASET", "TIME_VARIANCE", "CHECKED", "DELETED"]},
        "state": {"enum": ["IN_PROGRESS", "OK"]},
        "size": {**NUMBER, "description": "Items so far."},
        "checked": {**NUMBER, "description": "Items that are checked; those that could not be are among them."},
        "not_checked": {**NUMBER, "description": "Items that could not be checked."},
        "skipped": {**NUMBER, "description": "Releases of the source that were too large to be taken."},
        "without_ocid": {**NUMBER, "description": "Checked items that have no string as ocid."},
        "stage": {"type": ["string", "null"], "description": "The long stage that is due or under way."},
        "held": {"type": "boolean", "description": "Whether somebody does that stage now."},
        "trouble": {"type": ["string", "null"], "description": "Why that stage was given up."},
        "checked_with": {
            "type": "array",
            "items": TEXT,
            "description": "Once it is checked: which codelists and exchange rates values were looked up in.",
        },
        "created": {**TEXT, "format": "date-time"},
        "changed": {**TEXT, "format": "date-time"},
        "rate": {"type": ["number", "null"], "description": "Items checked per second."},
    },
    "additionalProperties": False,
}
DATASET["required"] = list(DATASET["properties"])
ERROR: Final[dict[str, Any]] = {"type": "object", "properties": {"error": TEXT}, "required": ["error"]}
HEALTH: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "status": {"enum": ["ok", "unavailable"]},
        "parts": {
            "type": "object",
            "description": "By the name of a part: ok, or what is wrong with it.",
            "additionalProperties": TEXT,
        },
    },
    "required": ["status", "parts"],
    "additionalProperties": False,
}


def _answer(description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


REFUSED: Final = {
    "4XX": _answer(
        "It is asked by a name that isn't its own, or the URL, the headers or the body are too large.", ERROR
    )
}
NO_ANSWER: Final = {**REFUSED, "503": _answer("The database does not answer.", ERROR)}


def _health(summary: str) -> dict[str, Any]:
    return {
        "get": {
            "summary": summary,
            "responses": {
                "200": _answer("It is.", HEALTH),
                **REFUSED,
                "503": _answer("It isn't; see what.", HEALTH),
            },
        }
    }


def _parameter(name: str, description: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": {**NUMBER, "minimum": 1, "maximum": LARGEST},
    }


DESCRIPTION: Final[dict[str, Any]] = {
    "openapi": "3.1.0",
    "info": {
        "title": "pelican-async",
        "version": version("pelican-async"),
        "description": "Health, metrics and progress of the service. Nothing here changes anything.",
    },
    "paths": {
        "/health/live": _health("Whether the service lives: its loop turns, its pool answers."),
        "/health/ready": _health("Whether messages are being worked on."),
        "/metrics": {
            "get": {
                "summary": "Metrics for Prometheus.",
                "responses": {
                    "200": {"description": "Metrics.", "content": {"text/plain": {"schema": TEXT}}},
                    **NO_ANSWER,
                },
            }
        },
        "/datasets": {
            "get": {
                "summary": "How far datasets have come, the newest first.",
                "parameters": [
                    _parameter("before", "Only datasets with lower numbers."),
                    _parameter("limit", "So many at most; 100 if it isn't given, never more than 1000."),
                ],
                "responses": {
                    "200": _answer(
                        "Datasets.",
                        {
                            "type": "object",
                            "properties": {"datasets": {"type": "array", "items": DATASET}},
                            "required": ["datasets"],
                        },
                    ),
                    "400": _answer("A parameter isn't such a number.", ERROR),
                    **NO_ANSWER,
                },
            }
        },
        "/openapi.json": {
            "get": {"summary": "This description.", "responses": {"200": _answer("It.", {"type": "object"}), **REFUSED}}
        },
        "/datasets/{dataset_id}": {
            "get": {
                "summary": "How far a dataset has come.",
                "parameters": [{"name": "dataset_id", "in": "path", "required": True, "schema": NUMBER}],
                "responses": {
                    "200": _answer("The dataset.", DATASET),
                    "404": _answer("There is none of that number.", ERROR),
                    **NO_ANSWER,
                },
            }
        },
    },
}
