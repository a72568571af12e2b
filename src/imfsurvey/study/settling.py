"""What a closed wave may not keep: what was put aside or typed in, and where responses came from.

Closing a wave ends with it. A closing that was killed after its last word leaves a closed wave
with some of it; whoever unseals or destroys the wave does it then.
"""

from __future__ import annotations

from imfsurvey.study.assessment import drop_readable
from imfsurvey.study.drafts import destroy_drafts
from imfsurvey.study.importing import forget_imports
from imfsurvey.study.keying.batch import destroy_batches
from imfsurvey.study.merged import forget_digests
from imfsurvey.study.wave import Wave


def settle(closed: Wave) -> None:
    """Destroy all of it; harmless when repeated. The caller holds the wave.

    Raises `StorageError` when the disk fails, `ProblemsFoundError` for a list of imports that
    cannot be read.
    """
    destroy_drafts(closed)
    destroy_batches(closed)
    forget_digests(closed)
    forget_imports(closed)
    drop_readable(closed)
