"""The plain face: numbered lines over the interview, for screen readers, pipes and any terminal."""

from imfsurvey.faces.plain.start import run_plain, run_plain_policy, run_plain_turn

__all__ = ["run_plain", "run_plain_policy", "run_plain_turn"]
