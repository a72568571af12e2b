"""Sealing to one or several key holders, and what a seal gives away."""

import shutil
import subprocess
from pathlib import Path

import pytest
from scipy.stats import ks_2samp

from imfsurvey.i18n.errors import InputError, RefusedError
from imfsurvey.store import batches
from imfsurvey.store.batches import Batches
from imfsurvey.store.seal import (
    Opening,
    Unsealer,
    new_key,
    protect,
    public_key,
    seal,
    sealed_size,
    secret_in,
)

RECORD = b'{"answers":[1,2,3]}'


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    """Three secret keys with their public ones."""
    return [new_key() for _ in range(3)]


def test_any_of_several_opens(pairs: list[tuple[str, str]]) -> None:
    """Each holder alone unseals, and nobody else does."""
    publics = [public for _, public in pairs[:2]]
    sealed = seal(RECORD, publics, "any_of")
    for secret, _ in pairs[:2]:
        assert Unsealer([secret], "any_of", publics).unseal(sealed) == RECORD
    stranger, own = pairs[2]
    assert Unsealer([stranger], "any_of", [own]).unseal(sealed) is None
    with pytest.raises(RefusedError, match="IMF-K103"):
        Unsealer([stranger], "any_of", publics)


def test_all_of_several_open_together(pairs: list[tuple[str, str]]) -> None:
    """With four eyes no holder unseals alone, in whatever order the keys are given."""
    publics = [public for _, public in pairs[:2]]
    sealed = seal(RECORD, publics, "all_of")
    secrets = [secret for secret, _ in pairs[:2]]
    assert Unsealer(secrets, "all_of", publics).unseal(sealed) == RECORD
    assert Unsealer(secrets[::-1], "all_of", publics).unseal(sealed) == RECORD
    for secret, public in pairs[:2]:
        assert Unsealer([secret], "any_of", [public]).unseal(sealed) != RECORD
        with pytest.raises(RefusedError, match="IMF-K103"):
            Unsealer([secret], "all_of", publics)


@pytest.mark.parametrize("opening", ["any_of", "all_of"])
def test_every_changed_byte_is_noticed(pairs: list[tuple[str, str]], opening: Opening) -> None:
    """A flipped bit anywhere in a sealed record gives nothing, never another record."""
    secrets, publics = (list(some) for some in zip(*pairs[:2], strict=True))
    sealed = seal(RECORD, publics, opening)
    unsealer = Unsealer(secrets, opening, publics)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        assert unsealer.unseal(bytes(changed)) is None, place
    for cut in range(0, len(sealed), 7):
        assert unsealer.unseal(sealed[:cut]) is None


@pytest.mark.parametrize("keys", [1, 2, 3])
@pytest.mark.parametrize("opening", ["any_of", "all_of"])
def test_no_seal_is_longer_than_promised(
    pairs: list[tuple[str, str]], keys: int, opening: Opening
) -> None:
    """The size that a slot is cut for holds, whatever age fills in."""
    publics = [public for _, public in pairs[:keys]]
    for length in (0, 230, 2_200, 70_000):
        limit = sealed_size(length, keys, opening)
        longest = max(len(seal(b"x" * length, publics, opening)) for _ in range(100))
        assert limit - 250 * keys < longest <= limit


def test_the_length_of_a_seal_says_nothing_of_the_record(pairs: list[tuple[str, str]]) -> None:
    """Row 26: records of one length but other content give lengths of the same distribution."""
    publics = [public for _, public in pairs[:2]]
    records = (b"a" * 200, bytes(range(200)))
    lengths = [[len(seal(record, publics, "any_of")) for _ in range(2_000)] for record in records]
    assert len(set(lengths[0])) > 50  # age's own filling
    assert ks_2samp(*lengths).pvalue > 1e-6


@pytest.mark.parametrize("opening", ["any_of", "all_of"])
def test_nothing_is_sealed_to_nobody(opening: Opening) -> None:
    """Where all of no keys are needed, the record itself would be what is stored."""
    with pytest.raises(ValueError, match="somebody"):
        seal(RECORD, [], opening)


@pytest.mark.parametrize("count", [40, 41, 401])
def test_batches_give_back_every_record(
    pairs: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """However many there are, here or by several processes, in more batches than wait at a time:
    each in its place, the foreign ones None."""
    monkeypatch.setattr(batches, "_BATCH", 20)
    monkeypatch.setattr(batches, "_FEW", 40)
    secret, public = pairs[0]
    records = [str(number).encode() for number in range(count)]
    sealed = [seal(record, [public], "any_of") for record in records]
    sealed[17], sealed[-1] = b"nothing", seal(b"x", [pairs[1][1]], "any_of")
    found = list(Batches([secret], "any_of", [public]).unsealed(iter(sealed)))
    assert found == [*records[:17], None, *records[18:-1], None]


def test_batches_need_the_keys_at_once(pairs: list[tuple[str, str]]) -> None:
    """Not only with the first record: of a box with few of them none is ever unsealed."""
    publics = [public for _, public in pairs[:2]]
    tried: list[tuple[list[str], Opening]] = [
        ([], "any_of"),
        ([pairs[2][0]], "any_of"),
        ([pairs[0][0]], "all_of"),
    ]
    for secrets, opening in tried:
        with pytest.raises(RefusedError, match="IMF-K103"):
            Batches(secrets, opening, publics)


def in_groups(secret: str) -> str:
    """A secret key as somebody types it from the sheet."""
    return " ".join(secret.lower()[start : start + 4] for start in range(0, len(secret), 4))


def test_a_protected_key_opens_by_its_passphrase(pairs: list[tuple[str, str]]) -> None:
    """However key, blanks and accents were typed; not by another passphrase."""
    secret, public = pairs[0]
    content = protect(in_groups(secret), "évident  cheval pile agrafe ")
    assert b"AGE-SECRET" not in content
    assert secret_in(content, "e\u0301vident cheval pile agrafe") == secret
    assert public_key(secret) == public
    with pytest.raises(InputError, match="IMF-K104") as told:
        secret_in(content, "evident cheval pile agrafe")
    assert "AGE-SECRET" not in str(told.value)


def test_a_key_file_of_age_keygen_is_taken(pairs: list[tuple[str, str]]) -> None:
    """A plain file with comments, as the public tool writes it; a typed key in any case."""
    secret, public = pairs[0]
    plain = f"# created: 2026-01-01\n# public key: {public}\n{secret}\n".encode()
    assert secret_in(plain, "") == secret
    assert public_key(in_groups(secret)) == public
    for wrong in (b"", b"nothing here\n", secret[:-1].encode()):
        with pytest.raises(InputError, match="IMF-K101"):
            secret_in(wrong, "")


@pytest.mark.system
def test_the_public_tool_opens_what_we_seal(tmp_path: Path, pairs: list[tuple[str, str]]) -> None:
    """Row 23: the `age` command unseals with each key alone, and two seals one after the other."""
    assert shutil.which("age"), "apt-get install age"

    def age(secret: str, sealed: bytes) -> bytes:
        key = tmp_path / "key.txt"
        key.write_text(f"{secret}\n", "ascii")
        command = ["age", "--decrypt", "-i", str(key)]
        return subprocess.run(command, input=sealed, capture_output=True, check=True).stdout

    (first, one), (second, two), _ = pairs
    both = seal(RECORD, [one, two], "any_of")
    assert age(first, both) == age(second, both) == RECORD
    assert age(first, age(second, seal(RECORD, [one, two], "all_of"))) == RECORD
