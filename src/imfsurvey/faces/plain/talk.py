"""One person's conversation: its lines, its language, and what is asked again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from imfsurvey.faces.plain.lines import Lines
from imfsurvey.i18n import formats
from imfsurvey.i18n.catalogue import LANGUAGE_NAMES, Translator, translator

_YES: Final = frozenset({"y", "yes", "o", "oui", "j", "ja"})
_NO: Final = frozenset({"n", "no", "non", "nee", "nein", ""})


@dataclass
class Talk:
    """What all parts of plain mode speak through."""

    lines: Lines
    language: str

    @property
    def t(self) -> Translator:
        """The interface in the language of the moment."""
        return translator(self.language)

    def say(self, text: str = "", first: str = "") -> None:
        """A text in lines."""
        self.lines.say(text, first)

    def ask(self, words: str, *keys: str) -> str:
        """What is typed after words, with what can be typed in brackets."""
        label = f"{words} ({', '.join(keys)})" if keys else words
        return self.lines.ask(formats.labelled(label, "", self.language).rstrip())

    def confirmed(self, question: str) -> bool:
        """A yes or a no; silence is a no."""
        while True:
            typed = self.ask(question, self.t("yes or no")).casefold()
            if typed in _YES or typed in _NO:
                return typed in _YES

    def pick_language(self, languages: Sequence[str]) -> None:
        """One of some languages, under their own names; silence leaves it as it is."""
        numbers = {str(number): code for number, code in enumerate(languages, start=1)}
        while True:
            for number, code in numbers.items():
                mark = f" ({self.t('now')})" if code == self.language else ""
                self.say(f"{LANGUAGE_NAMES[code]}{mark}", f"{number}  ")
            typed = self.ask(self.t("Language"), f"1-{len(numbers)}")
            if typed in numbers:
                self.language = numbers[typed]
            if typed in numbers or not typed:
                return
            self.say(self.t("Type one of the numbers."))
