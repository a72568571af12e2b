"""merged/: which boxes of other computers were taken in, until the wave closes.

Of each there is its closing record (`<name>.yaml`) and the hashes of its records (`<name>.txt`,
sorted). When the wave closes, whatever has disappeared since is counted; then the hashes are
deleted, because they would tell a key holder which answers came from which computer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from imfsurvey.i18n.errors import StorageError
from imfsurvey.source.document import read
from imfsurvey.source.model import validated
from imfsurvey.store.disk import explained, make_folder, replace_file
from imfsurvey.study.closing import ClosingRecord, Content, Merged, set_hash
from imfsurvey.study.files import write_text, yaml_text
from imfsurvey.study.wave import Wave

MERGED = "merged"


def remember(wave: Wave, record: ClosingRecord, found: Sequence[Content]) -> None:
    """Keep what was taken in from another computer. Doing it twice changes nothing."""
    digests = sorted(digest for one in found for digest in one.digests)
    path = wave.folder / MERGED / f"{set_hash(digests)[:16]}.yaml"
    with explained(path):
        make_folder(path.parent)
        text = "".join(f"{digest.hex()}\n" for digest in digests)
        replace_file(path.with_suffix(".txt"), text.encode("ascii"))
    write_text(path, yaml_text(record.model_dump(mode="json", exclude_none=True)))


def merged(wave: Wave, held: Sequence[Content]) -> tuple[Merged, ...]:
    """What was taken in, and how much of it is not held any more."""
    here = frozenset[bytes]().union(*(one.digests for one in held))
    found = []
    for path in sorted((wave.folder / MERGED).glob("*.yaml")):
        record = validated(ClosingRecord, read(path))
        missing = sum(digest not in here for digest in _digests(path.with_suffix(".txt")))
        found.append(
            Merged(
                place=record.place,
                boxes=record.boxes,
                missing=missing,
                imported=record.from_files or None,
            )
        )
    return tuple(found)


def _digests(path: Path) -> list[bytes]:
    """The hashes that were kept. Raises `StorageError`."""
    with explained(path):
        content = path.read_bytes()
    try:
        return [bytes.fromhex(line) for line in content.decode("ascii").split()]
    except ValueError as error:
        raise StorageError(
            "IMF-E200",
            "{file} is damaged: it cannot be checked any more whether the responses of that "
            "computer are still here. Put back a saved copy, or remove it together with the .yaml "
            "file of the same name and take that computer's boxes in again ('imfsurvey merge').",
            file=str(path),
        ) from error


def forget_digests(wave: Wave) -> None:
    """Delete the hashes: the closing record has what is needed from now on."""
    with explained(wave.folder / MERGED):
        for path in (wave.folder / MERGED).glob("*.txt"):
            path.unlink()
