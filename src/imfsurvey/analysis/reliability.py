"""Whether the statements of a theme measure one thing: alpha, omega, Spearman-Brown.

All from the covariance matrix of the statements over the persons who answered every one of them
(listwise), after reversing.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from imfsurvey.analysis import onefactor
from imfsurvey.analysis.figures import NoOmega
from imfsurvey.analysis.intervals import CONFIDENCE, Interval, normal_quantile

Floats = NDArray[np.float64]

_SINGULAR: Final = 1e-8
"""What is less than this, beside what it is a part of, is nothing but rounding."""


def alpha(covariance: Floats) -> float | None:
    """Coefficient alpha: Cronbach, L. J. (1951), Coefficient alpha and the internal structure of
    tests, Psychometrika 16, 297-334.

    `k / (k - 1) · (1 - sum of variances / variance of the sum)`. Negative when statements run
    against each other, as a forgotten reversal makes them. None on fewer than two statements, and
    when the sum does not vary.
    """
    k, total = len(covariance), float(covariance.sum())
    if k < 2 or total <= _SINGULAR * float(np.trace(covariance)):
        return None
    return k / (k - 1) * (1 - float(np.trace(covariance)) / total)


def alpha_interval(value: float, n: int, items: int) -> Interval:
    """The interval of alpha by quantiles of F: Feldt, L. S., Woodruff, D. J. & Salih, F. A.
    (1987), Statistical inference for coefficient alpha, Applied Psychological Measurement 11,
    93-103, formulas 6 and 7.

    `n`: the persons really used, those who answered all `items`.
    """
    from scipy import special

    tail, freedom = (1 - CONFIDENCE) / 2, (n - 1, (n - 1) * (items - 1))
    low = 1 - (1 - value) * float(special.fdtri(*freedom, 1 - tail))
    return low, 1 - (1 - value) * float(special.fdtri(*freedom, tail))


def spearman_brown(covariance: Floats) -> float | None:
    """Reliability of two statements, `2 r / (1 + r)` with r their correlation: Eisinga, R., te
    Grotenhuis, M. & Pelzer, B. (2013), The reliability of a two-item scale: Pearson, Cronbach, or
    Spearman-Brown?, International Journal of Public Health 58, 637-642.

    None when a statement does not vary or r is -1.
    """
    r = _correlation_of_two(covariance)
    return None if r is None or r <= -1 else 2 * r / (1 + r)


def spearman_brown_interval(covariance: Floats, n: int) -> Interval | None:
    """Fisher's z interval of r, both ends stepped up: Fisher, R. A. (1921), On the "probable error"
    of a coefficient of correlation deduced from a small sample, Metron 1, 3-32.

    `n`: the persons really used. None on n < 4, for a perfect r, and when a statement does not
    vary.
    """
    r = _correlation_of_two(covariance)
    if r is None or n < 4 or abs(r) >= 1:
        return None
    half = normal_quantile() / math.sqrt(n - 3)
    low, high = math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)
    return 2 * low / (1 + low), 2 * high / (1 + high)


def _correlation_of_two(covariance: Floats) -> float | None:
    one, other = float(covariance[0, 0]), float(covariance[1, 1])
    if one <= 0 or other <= 0:
        return None
    r = float(covariance[0, 1]) / math.sqrt(one * other)
    # Rounding leaves a perfect r a hair beside 1; stepped up, -1 and a hair would be boundless.
    return math.copysign(1.0, r) if abs(r) > 1 - _SINGULAR else r


def omega(covariance: Floats) -> float | NoOmega:
    """McDonald's omega of the sum of at least three statements, or why there is none.

    `(sum of loadings)² / ((sum of loadings)² + sum of unique variances)`: McDonald, R. P.
    (1999), Test theory: a unified treatment, chapter 6. One factor, fitted by maximum likelihood.
    The total variance below the line is the one that the model implies, not the observed one:
    with that, omega is another number where one factor does not fit.

    "heywood": a unique variance at or below its border, so no proper solution; "no_convergence":
    the search for the loadings did not end; "constant": a statement does not vary.
    """
    sds = np.sqrt(np.diag(covariance))
    if not np.all(sds > 0):
        return "constant"
    correlation = covariance / np.outer(sds, sds)
    if np.linalg.eigvalsh(correlation)[0] < _SINGULAR:
        return "heywood"  # a statement is what the others say: nothing unique is left to it
    found = onefactor.uniquenesses(correlation)
    if found is None:
        return "no_convergence"
    if np.any(found <= onefactor.LEAST_UNIQUENESS * 1.001):
        return "heywood"
    loadings = onefactor.loadings(correlation, found) * sds
    common = float(loadings.sum()) ** 2
    return common / (common + float((found * sds**2).sum()))
