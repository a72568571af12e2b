"""The rules by which levels of topics become those of the nodes above: the data of each.

`rule` chooses; what a rule does with its numbers is in the room of analysis.
"""

from typing import Annotated, Literal

from pydantic import Field

from imfsurvey.source.model import SourceModel


class Weights(SourceModel):
    """Weight of a topic in the index."""

    core: int = Field(gt=0)
    complementary: int = Field(ge=0)


class Rule(SourceModel):
    """What every rule has."""

    weights: Weights
    """Weight of a topic in the index, by layer."""
    coverage: int = Field(ge=0, le=100)
    """Percent of the core topics in scope that must be rated, else the result is incomplete."""
    reduced_scope: int = Field(ge=0, le=100)
    """Above this percent of not applicable core topics the scope is called reduced."""
    evidence_from: int = Field(ge=0, le=9)
    """From this level on a rating needs evidence."""


class CappedShares(Rule):
    """Level from shares of the children, capped by the weakest (ISO/IEC 33020 with a cap).

    `R` = highest L such that more than `mostly` % of the children are at L or above and, for each
    step below L, more than `fully` % are at that step or above; level = min(R, `cap` + lowest).
    """

    rule: Literal["capped_shares"]
    mostly: int = Field(ge=0, lt=100)
    fully: int = Field(ge=0, lt=100)
    cap: int = Field(ge=0, le=9)


class Mean(Rule):
    """The mean of the children, carried up unrounded; the level is that mean rounded down."""

    rule: Literal["mean"]


class Minimum(Rule):
    """The level of the lowest child."""

    rule: Literal["minimum"]


class Staged(Rule):
    """Level L when every topic of a step up to L is reached (CMMI staged, C2M2).

    Topics carry the `step` that they belong to. Above the topics it is the lowest node that
    counts, which comes to the same as looking at all topics below.
    """

    rule: Literal["staged"]
    reached_from: int = Field(ge=1, le=9)
    """The level of a topic from which it is reached."""


class SumOfMeans(Rule):
    """The sum over the steps of the mean value of a step's topics (OWASP SAMM 2).

    Topics carry the `step` that they belong to, levels the `value`, 0 to 1, that they count for.
    Above the topics it is a mean of nodes, carried up unrounded.
    """

    rule: Literal["sum_of_means"]


Aggregation = CappedShares | Mean | Minimum | Staged | SumOfMeans

ChosenRule = Annotated[Aggregation, Field(discriminator="rule")]
"""The block `aggregation` of a framework file."""
