"""Makes the fonts of the PDFs: the Latin part of Inter, Regular and Bold, and its licence.

    pip install fonttools
    npm pack @expo-google-fonts/inter && tar xzf expo-google-fonts-inter-*.tgz
    python3 tools/fonts.py package

The folder is that of the unpacked package (version 0.4.2 was used). fonttools is needed here and
nowhere else, so it is in no lock. The same source and the same fonttools (4.68) give the same
bytes. A character that a template or a translation newly needs is added to CHARACTERS.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).resolve().parent.parent / "src/imfsurvey/report/pdf/fonts"

SOURCES: Final = {
    "Inter-Regular.ttf": "400Regular/Inter_400Regular.ttf",
    "Inter-Bold.ttf": "700Bold/Inter_700Bold.ttf",
}
LICENCE: Final = "LICENSE_FONT"

CHARACTERS: Final = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Latin-1 and Latin Extended-A: every official language of the Union
    *map(ord, "ȘșȚțẞ"),
    *map(ord, "‐‑–—‘’‚“”„†‡•…‰‹›€№™−×÷≈≠≤≥"),
    *map(ord, "\u2002\u2003\u2007\u2009\u200a\u200b\u202f\u2060\ufffd"),
    *map(ord, "←↑→↓↗↘✓✗☐☑■□▲▼●○◆◇"),
)

FEATURES: Final = ("kern", "mark", "mkmk", "ccmp", "locl", "case", "tnum")


def main(folder: Path) -> None:
    """Subset both weights into the package and put the licence beside them."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCES.items():
        _subset(folder / source, FONTS / name)
        print(f"{name}: {(FONTS / name).stat().st_size:,} bytes")
    shutil.copyfile(folder / LICENCE, FONTS / "OFL.txt")


def _subset(source: Path, target: Path) -> None:
    """The characters above with their kerning; names and licence of the font stay in it."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options()
    options.layout_features = list(FEATURES)
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.hinting = False
    options.recalc_timestamp = False
    font = load_font(str(source), options)
    missing = set(CHARACTERS) - set(font.getBestCmap())
    if missing:
        print(f"{source.name} lacks {' '.join(f'U+{code:04X}' for code in sorted(missing))}")
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    save_font(font, str(target), options)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
