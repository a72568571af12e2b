"""The plain face: numbered lines over the interview, for screen readers, pipes and any terminal."""

from imfsurvey.faces.plain.start import run_plain

__all__ = ["run_plain"]
