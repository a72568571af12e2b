"""Content hashes follow the meaning of a file and nothing else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plainvalues import turned_round

from imfsurvey.source.hashes import content_hash

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def test_the_hash_is_that_of_canonical_json() -> None:
    """Sorted keys, no blanks, composed characters: anybody can compute it."""
    canonical = '{"a":[1,15,"é"],"b":null,"è":2}'
    wanted = hashlib.sha256(canonical.encode()).hexdigest()
    assert content_hash({"e\u0300": 2, "b": None, "a": (1, 15.0, "e\u0301")}) == wanted


@given(PLAIN)
def test_the_order_of_keys_means_nothing(value: object) -> None:
    """However deep the block."""
    assert content_hash(turned_round(value)) == content_hash(value)


@given(PLAIN, PLAIN)
def test_another_value_has_another_hash(one: object, other: object) -> None:
    """Also 1, true and "1", which Python or JSON might take for each other."""
    values = [[one], [one, other], {"k": one}, {"k": [one]}, "k", 1, True, "1", None, "", [], {}]
    assert len({content_hash(value) for value in values}) == len(values)


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_has_no_hash(number: float) -> None:
    """It would be written as a word that JSON does not know."""
    with pytest.raises(ValueError, match="JSON compliant"):
        content_hash([number])
