"""The terminal face: Textual screens over the interview and the study."""

from imfsurvey.faces.tui.start import (
    run_answer,
    run_home,
    run_key_in,
    run_policy,
    run_session,
    run_turns,
)

__all__ = ["run_answer", "run_home", "run_key_in", "run_policy", "run_session", "run_turns"]
