"""One reader and its inputs, in a process of its own, which they may end.

    child.py READER SEED FIRST COUNT FOLDER STATE

Input number n depends on the reader, the seed and n alone. Before each, its number stands in the
file STATE: whoever started this process knows which one ended it. What was seen is written to
standard output, a line of JSON each time.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "fuzz"), str(ROOT / "tests")]

from readers import READERS  # noqa: E402 - found by the line above
from reading import Input, Reader, codes_of  # noqa: E402
from watching import GROWTH, TooSlowError, Watch, limit_memory, memory, work  # noqa: E402

from imfsurvey.i18n.errors import ImfsurveyError  # noqa: E402

MOST_MEMORY = 6 * 1024**3


def source_of(reader: str, seed: int, number: int) -> random.Random:
    """The chance that makes one input."""
    return random.Random(f"{reader} {seed} {number}")


class Run:
    """The inputs of one reader, one after the other."""

    def __init__(self, name: str, seed: int, folder: Path, state: Path) -> None:
        self._name, self._seed, self._state = name, seed, state
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)  # whatever prints past Python's streams does not get among the lines
        self._reader: Reader = READERS[name]()(folder)
        self._watch = Watch(folder)
        self._worked = 0.0
        self._forget()

    def _forget(self) -> None:
        self._codes: Counter[str] = Counter()
        self._done, self._accepted, self._slowest = 0, 0, 0.0

    def inputs(self, first: int, count: int) -> None:
        """Run them."""
        with self._state.open("wb", buffering=0) as state:
            for number in range(first, first + count):
                os.pwrite(state.fileno(), b"%20d" % number, 0)
                self._one(number)
                self._tell()  # at once: the next input may end the process
            os.pwrite(state.fileno(), b"%20d" % (first + count), 0)

    def _one(self, number: int) -> None:
        given = self._reader.make(source_of(self._name, self._seed, number))
        before, began = memory(), work()
        try:
            with self._watch.on(self._reader.seconds):
                codes = self._reader.read(given)
        except ImfsurveyError as error:
            codes = codes_of(error)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            codes = ["finding"]
            self._found(number, given, kind_of(error), place_of(error), detail_of(error))
        took = work() - began
        self._done += 1
        self._accepted += not codes
        self._codes.update(codes)
        self._slowest = max(self._slowest, took)
        if self._watch.touched:
            touched = "\n".join(self._watch.touched[:20])
            self._found(number, given, "outside", self._watch.touched[0][:200], touched)
        if (grown := memory() - before) > GROWTH and number > 0:
            self._found(number, given, "memory", f"{grown // 1024} MiB more", "")

    def _found(self, number: int, given: Input, kind: str, place: str, detail: str) -> None:
        self._write(
            {
                "finding": {
                    "number": number,
                    "kind": kind,
                    "place": place,
                    "detail": detail,
                    "name": given.name,
                    "data": given.data.hex(),
                }
            }
        )

    def _tell(self) -> None:
        self._write(
            {
                "done": self._done,
                "work": work() - self._worked,
                "accepted": self._accepted,
                "codes": self._codes,
                "slowest": self._slowest,
                "memory": memory(),
            }
        )
        self._worked = work()
        self._forget()

    def _write(self, said: dict[str, Any]) -> None:
        self._out.write(f"{json.dumps(said)}\n")
        self._out.flush()


def kind_of(error: BaseException) -> str:
    """What happened, in a word."""
    text = "".join(traceback.format_exception(error))
    return "slow" if isinstance(error, TooSlowError) or "TooSlowError" in text else "error"


def place_of(error: BaseException) -> str:
    """The innermost line of ours, and the kind of error: equal for what is one fault."""
    text = "".join(traceback.format_exception(error))
    if not isinstance(error, TooSlowError) and type(error).__name__ == "SurpriseError":
        text = str(error)
    ours = [line.strip() for line in text.splitlines() if "src/imfsurvey" in line]
    last = [line for line in text.splitlines() if line and not line.startswith(" ")]
    where = ours[-1].rpartition("imfsurvey/")[2] if ours else "?"
    return f"{last[-1].partition(':')[0] if last else '?'} at {where}"[:200]


def detail_of(error: BaseException) -> str:
    """The traceback."""
    return "".join(traceback.format_exception(error))[-8000:]


def main(reader: str, seed: str, first: str, count: str, folder: str, state: str) -> None:
    """Run the inputs of a reader."""
    limit_memory(MOST_MEMORY)
    os.chdir(folder)
    # What a user's own folders are for is done in this one.
    os.environ.update(HOME=folder, XDG_DATA_HOME=f"{folder}/data")
    Run(reader, int(seed), Path(folder), Path(state)).inputs(int(first), int(count))


if __name__ == "__main__":
    main(*sys.argv[1:])
