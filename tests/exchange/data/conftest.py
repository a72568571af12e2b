"""One wave that tests only read."""

from __future__ import annotations

import pytest
from collected import make_collected

from imfsurvey.study.folder import Study
from imfsurvey.study.wave import Wave


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Wave]:
    """A closed wave with 30 responses and two raters; made once for all that read it."""
    return make_collected(tmp_path_factory.mktemp("collected") / "zone")
