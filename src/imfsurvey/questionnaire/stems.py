"""What an item asks, on its own: for reports and lists, where nobody's answers fill the gaps."""

from __future__ import annotations

from imfsurvey.questionnaire.model import Questionnaire
from imfsurvey.questionnaire.piping import pieces
from imfsurvey.source.texts import Text

GAP = "…"
"""What stands where a text names an answer."""


def stem(questionnaire: Questionnaire, item_id: str) -> Text:
    """The stem of an item; of a row of a matrix with the stem that all its rows share."""
    own = questionnaire.items[item_id].text
    matrix = questionnaire.matrices.get(item_id)
    around = matrix.text.root if matrix is not None else {}
    return Text(
        {
            language: " ".join(map(unfilled, filter(None, (around.get(language), text))))
            for language, text in own.root.items()
        }
    )


def unfilled(text: str) -> str:
    """A text with a gap wherever it names an answer."""
    return "".join(piece if isinstance(piece, str) else GAP for piece in pieces(text))
