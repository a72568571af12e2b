"""A report that shows every kind of block, with texts that a careless template would break on."""

from __future__ import annotations

from imfsurvey.i18n.catalogue import translator
from imfsurvey.report.document import (
    Bullets,
    Chart,
    Heading,
    Paragraph,
    Section,
    Summary,
    Table,
    Tile,
)

_WORDS = "R&D <b> {{ 1 + 1 }} | *x*"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>'


def sample(language: str) -> Summary:
    """The sample in a language of the interface; figures in it mean nothing."""
    t = translator(language)
    table = Table(t("Levels and indices"), ("", t("Index")), ((_WORDS, "50"),), words=(1,))
    blocks = (
        Heading(_WORDS),
        Paragraph(_WORDS),
        Paragraph(_WORDS, tone="note"),
        Paragraph(_WORDS, tone="quote"),
        Bullets((_WORDS, _WORDS)),
        Bullets((_WORDS,), short=True),
        table,
        Chart(_WORDS, _SVG, _SVG, table),
        Table(_WORDS, ("", _WORDS), ((_WORDS, "1"),), folded=True),
    )
    tile = Tile(_WORDS, "2", t("of {max}", max=5), _WORDS, _WORDS, _WORDS, _WORDS, (True, False))
    return Summary(
        language=language,
        wave="sample",
        title=t("Integrity policy: summary report"),
        entity=_WORDS,
        subtitle=_WORDS,
        facts=((_WORDS, _WORDS),),
        warnings=(_WORDS,),
        headlines=(_WORDS,),
        tiles=(tile,),
        sections=(Section("sample", _WORDS, blocks),),
        made=_WORDS,
    )
