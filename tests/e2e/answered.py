"""What a scripted respondent of the form with every construct leaves on disk, however they answer.

By hand, from what the script says: a number of which only the band is kept is the band's lowest
one, a month has no day, the role's entry is chosen by its id.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ENTRY = "<entry>"


def _said(value: object, **beside: object) -> dict[str, Any]:
    return {"status": "answered", "value": value, **beside}


ANSWERED: dict[str, Any] = {
    "service": _said("other", other="Recherche locale"),
    "group": _said("calog"),
    "staff": _said(150),
    "share_trained": _said(100.0),
    "seniority": _said(5),
    "code_adopted": _said("2020-03"),
    "code_revised": _said("2023-06-01"),
    "contact": _said("La cheffe Jeanne Dupont"),
    "seen": _said("yes"),
    "what": _said(["databases", "gifts"]),
    "gravest": _said(["gifts", "databases"]),
    "first_case": {"status": "dk"},
    "priorities": _said(["access", "training"]),
    "account": _said("Une fois"),
    "actors": _said(
        [
            {
                "id": ENTRY,
                "answers": {
                    "role": _said("Conseiller"),
                    "tasks": _said(["listen"]),
                    "trained": _said("yes"),
                    "trained_in": _said("2020"),
                    "hours": _said(7.5),
                    "mandate": _said("written"),
                },
            }
        ]
    ),
    "coordinator": _said(ENTRY),
    "example_given": _said(2),
    "looks_away": _said(5),
    "gifts_known": _said(5),
    "team_speak": _said(5),
    "team_fear": _said(5),
    "team_channel": _said(5),
    "climate_end": _said("Le suivi"),
    "sa_code": _said(2, evidence="PV du 12 mars", criteria=["code_written", "code_approved"]),
    "sa_rules": _said(1),
}


def responses(study: Path, wave: str) -> list[dict[str, Any]]:
    """The named responses of a wave as they are stored."""
    text = (study / "waves" / wave / "assessment.json").read_text("utf-8")
    return list(json.loads(text)["responses"].values())


def answers(response: dict[str, Any]) -> dict[str, Any]:
    """The answers of a response, the random id of its entry replaced."""
    said: dict[str, Any] = response["answers"]
    (entry,) = said["actors"]["value"]
    text = json.dumps(said).replace(entry["id"], ENTRY)
    replaced: dict[str, Any] = json.loads(text)
    return replaced
