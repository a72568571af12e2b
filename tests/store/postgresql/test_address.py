"""Which addresses may stand in a file of a study."""

import pytest

from imfsurvey.i18n.errors import InputError
from imfsurvey.store.postgresql.address import checked_url


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://server/survey",
        "postgres://survey@server:5432/survey?sslmode=verify-full&sslrootcert=/etc/ca.pem",
        "postgresql://survey@one:5432,two:5433/survey?target_session_attrs=read-write",
        "postgresql:///survey?host=%2Fvar%2Frun%2Fpostgresql",
        "postgresql://?service=survey",
        "postgresql://survey@[2001:db8::1]:5432/survey",
    ],
)
def test_an_address(url: str) -> None:
    """Whatever libpq takes passes unchanged, but for blanks around it."""
    assert checked_url(f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://survey:s3cret@server/survey",
        "postgresql://survey:s3%2Fcret@server/survey",
        "postgresql://survey:s3/cret@server/survey",
        "postgresql://survey:s3#cret@server/survey",
        "postgresql://survey:s3@cret@server/survey",
        "postgresql://server/survey?password=s3cret",
        "postgresql://server/survey?sslmode=require&pass%77ord=s3cret",
        "postgresql://server/survey?PassWord=s3cret",
        "postgresql://server/survey?sslpassword=s3cret",
        "postgresql://server/survey?oauth_client_secret=s3cret",
        "mysql://survey:s3cret@server/survey",
    ],
)
def test_an_address_with_a_password(url: str) -> None:
    """It is refused, however it is written; the words name better places, and not the password."""
    with pytest.raises(InputError, match="IMF-S122") as refusal:
        checked_url(url)
    assert "pgpass" in str(refusal.value) and "PGPASSWORD" in str(refusal.value)
    assert "s3" not in str(refusal.value) and "cret" not in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "survey",
        "postgresql:/server/survey",
        "postgresql+psycopg://server/survey",
        "mysql://server/survey",
        "postgresql://server:54x2/survey",
        "postgresql://ser ver/survey",
        "postgresql://server/survey?host=%zz",
        "postgresql://server/survey?ssl mode=require",
        "postgresql://server/\u202esurvey",
        "postgresql://server/survey#part",
    ],
)
def test_no_address(url: str) -> None:
    """Anything else is refused without being repeated."""
    with pytest.raises(InputError, match="IMF-S121") as refusal:
        checked_url(url)
    assert refusal.value.params == {}
