"""One laptop handed round: a process of its own for each person, and nothing left in between."""

from imfsurvey.faces.kiosk.house import run_kiosk

__all__ = ["run_kiosk"]
