"""The coverage table of docs/content.md: source heading -> topic -> items.

`python3 dev.py content` writes it anew between its two marks; a test holds file and command equal.
"""

from __future__ import annotations

import sys
from pathlib import Path

from imfsurvey.framework import Framework, load_framework
from imfsurvey.questionnaire import Questionnaire, load_questionnaire

ROOT = Path(__file__).resolve().parents[1]
SETS = ROOT / "questionnaires"
PAGE = ROOT / "docs" / "content.md"
BEGIN, END = "<!-- coverage: begin -->", "<!-- coverage: end -->"


def questionnaires(framework: Framework) -> list[Questionnaire]:
    """Every shipped questionnaire, in order of their files."""
    paths = [path for path in sorted(SETS.rglob("*.yaml")) if "framework" not in path.name]
    return [load_questionnaire(path, framework) for path in paths]


def table() -> str:
    """The table in Markdown, in order of the framework."""
    framework = load_framework(SETS / "imf.framework.yaml")
    items: dict[str, list[str]] = {topic.id: [] for topic in framework.topics}
    for questionnaire in questionnaires(framework):
        for item in questionnaire.items.values():
            for one in (item, *getattr(item, "items", ())):
                topic = getattr(one, "topic", None)
                if topic is not None:
                    items[topic].append(one.id)
    lines = ["| source heading | topic | items |", "| --- | --- | --- |"]
    for topic in framework.topics:
        asked = ", ".join(f"`{item}`" for item in items[topic.id]) or "–"
        lines.append(f"| {topic.source} | `{topic.id}` {topic.label.say('fr')} | {asked} |")
    return "\n".join(lines)


def page() -> str:
    """docs/content.md with a fresh table."""
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    """Write the page anew."""
    PAGE.write_text(page(), "utf-8")
    print(f"{PAGE.relative_to(ROOT)} is up to date")
    return 0


if __name__ == "__main__":
    sys.exit(main())
