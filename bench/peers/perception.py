"""All perception statistics of a matrix in a file: by the program, or by a plain script.

    python perception.py ours|plain FILE ITEMS

One byte an answer, 0 to 4, ten statements to a theme. It prints figures of the last theme, so that
one can see that both ways compute the same: index, alpha, omega, r_wg(J), and an interval.
"""

import math
import sys
from pathlib import Path

THEME = 10
CODES = (1, 2, 3, 4, 5)


def by_ours(path: Path, items: int) -> list[float]:
    """As unsealing does it."""
    from imfsurvey.analysis.microdata import Microdata
    from imfsurvey.analysis.perception import perceive
    from imfsurvey.interview.variables import Variable
    from imfsurvey.questionnaire import Questionnaire

    survey = Questionnaire.model_validate(written(items))
    variables = [Variable(f"s{place}", CODES) for place in range(items)]
    with path.open("rb") as file:
        data = Microdata.from_rows(variables, iter(lambda: file.read(items), b""))
    figures = perceive(survey, data, data.responses * 2)
    last, item = figures.themes[-1], figures.items[-1]
    assert last.index is not None and last.reliability is not None
    assert last.reliability.alpha is not None and last.agreement is not None
    assert item.favourable_interval is not None
    omega = last.reliability.omega or 0.0
    return [
        last.index,
        last.reliability.alpha,
        omega,
        last.agreement,
        item.favourable_interval[0],
    ]


def written(items: int) -> dict[str, object]:
    """A questionnaire of statements, as its file would say it."""
    likert = {"type": "likert", "scale": "agree", "topic": "t", "text": {"en": "statement"}}
    asked = [{"id": f"s{n}", "theme": f"t{n // THEME}", **likert} for n in range(items)]
    codes = [{"code": code, "text": {"en": f"{code}"}} for code in CODES]
    return {
        "imfsurvey": 1,
        "questionnaire": {
            "id": "bench",
            "version": "1",
            "kind": "perception",
            "framework": "bench",
            "title": {"en": "Bench"},
            "languages": ["en"],
            "default_language": "en",
        },
        "privacy": {"mode": "anonymous", "k": 10},
        "scales": {"agree": {"codes": codes, "favourable": [4, 5], "unfavourable": [1, 2]}},
        "themes": [{"id": f"t{n}", "label": {"en": f"{n}"}} for n in range(items // THEME)],
        "sections": [{"id": "all", "title": {"en": "All"}, "items": asked}],
    }


def by_plain(path: Path, items: int) -> list[float]:
    """As somebody writes it who has no missing answers and nothing to protect."""
    import numpy as np
    from scipy import optimize, special

    matrix = np.fromfile(path, np.uint8).reshape(-1, items)
    n = len(matrix)
    z = float(special.ndtri(0.975))
    t = float(special.stdtrit(n - 1, 0.975))
    correction = math.sqrt(0.5)
    for place in range(items):
        counts = np.bincount(matrix[:, place], minlength=5)
        mean = counts @ np.arange(1, 6) / n
        sd = math.sqrt((counts @ (np.arange(1, 6) - mean) ** 2) / (n - 1))
        _ = mean - t * sd / math.sqrt(n) * correction
        share = counts[3:].sum() / n
        likened = n * (2 * n - 1) / n  # twice as many people as answers
        middle = (share + z * z / (2 * likened)) / (1 + z * z / likened)
        spread = share * (1 - share) / likened + z * z / (4 * likened**2)
        low = middle - z * math.sqrt(spread) / (1 + z * z / likened)
    for first in range(0, items, THEME):
        rows = matrix[:, first : first + THEME].astype(float) * 25
        scores = rows.mean(axis=1)
        index, deviation = scores.mean(), scores.std(ddof=1)
        _ = index - t * deviation / math.sqrt(n)
        cov = np.cov(rows.T)
        alpha = THEME / (THEME - 1) * (1 - np.trace(cov) / cov.sum())
        _ = special.fdtri(n - 1, (n - 1) * (THEME - 1), 0.975)
        ratio = float((np.diag(cov) / 625 / 2).mean())
        agreement = THEME * (1 - ratio) / (THEME * (1 - ratio) + ratio)
        omega = _omega(cov, optimize)
    return [float(index), float(alpha), omega, agreement, float(low)]


def _omega(cov, optimize) -> float:  # type: ignore[no-untyped-def]  # NumPy and SciPy come late
    """One factor by maximum likelihood over its unique variances."""
    import numpy as np

    sds = np.sqrt(np.diag(cov))
    correlation = cov / np.outer(sds, sds)

    def discrepancy(unique):  # type: ignore[no-untyped-def]
        scale = 1 / np.sqrt(unique)
        values, vectors = np.linalg.eigh(correlation * np.outer(scale, scale))
        rest = values[:-1]
        loading = vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0)) * np.sqrt(unique)
        slope = (loading**2 + unique - np.diag(correlation)) / unique**2
        return float((rest - np.log(rest) - 1).sum()), slope

    start = 0.5 / np.diag(np.linalg.inv(correlation))
    bounds = [(0.005, 1.0)] * len(start)
    found = optimize.minimize(discrepancy, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    scale = 1 / np.sqrt(found)
    values, vectors = np.linalg.eigh(correlation * np.outer(scale, scale))
    loading = abs(vectors[:, -1] * np.sqrt(values[-1] - 1) * np.sqrt(found) * sds)
    common = float(loading.sum()) ** 2
    return common / (common + float((found * sds**2).sum()))


if __name__ == "__main__":
    way, file, items = sys.argv[1:]
    work = {"ours": by_ours, "plain": by_plain}[way]
    print(" ".join(f"{one:.4f}" for one in work(Path(file), int(items))))
