"""A maturity model as data: what it answers, and what is wrong with a file of one."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from marked import FRAMEWORK, SAMPLES, WIDE_FRAMEWORK, assert_found, problems_of, with_change

from imfsurvey.framework import Framework, Node, Topic, load_framework
from imfsurvey.framework.load import framework_from
from imfsurvey.source.document import parse
from imfsurvey.source.problems import ProblemsFoundError


def load(text: str) -> Framework:
    """The framework in a text."""
    return framework_from(parse(text))


def ids(found: Sequence[Node | Topic]) -> list[str]:
    """The ids of topics or nodes."""
    return [one.id for one in found]


# --- what it answers -----------------------------------------------------------------------


def test_a_framework_is_read_from_its_file() -> None:
    """With the name that is to be shown in problems."""
    framework = load_framework(SAMPLES / "imf.framework.yaml")
    assert framework.framework.id == "sample"
    assert framework.aggregation.weights.core == 2
    with pytest.raises(ProblemsFoundError) as caught:
        load_framework(Path("no such file"), "frozen.yaml")
    assert caught.value.problems[0].place == "frozen.yaml"


def test_the_scale_ends_at_its_highest_level() -> None:
    """Levels count from 0, so that six of them end at 5."""
    assert load(WIDE_FRAMEWORK).max_level == 5
    lines = WIDE_FRAMEWORK.splitlines(keepends=True)
    shorter = "".join(
        line for line in lines if not line.startswith(("  - {level: 4", "  - {level: 5"))
    )
    assert load(shorter).max_level == 3


def test_nodes_are_known_by_id_in_order_of_the_file() -> None:
    """Parents before their children."""
    assert list(load(WIDE_FRAMEWORK).nodes) == [
        *("instruments", "determine", "guide", "processes"),
        *("structures", "leadership", "policy", "annex"),
    ]


def test_topics_of_a_document_get_no_level() -> None:
    """Nor do those of its parts; those of a view do."""
    framework = load(WIDE_FRAMEWORK)
    assert ids(framework.rated_topics) == [
        "code",
        "rules",
        "training",
        "cycle",
        "officer",
        "example",
    ]
    assert list(framework.topic_by_id) == [*ids(framework.rated_topics), "mission", "list"]


def test_the_whole_is_made_of_its_pillars() -> None:
    """A document beside them is none."""
    assert ids(load(WIDE_FRAMEWORK).pillars) == ["instruments", "processes", "structures"]


@pytest.mark.parametrize(
    ("node", "topics"),
    [
        ("instruments", ["code", "rules", "training"]),
        ("determine", ["code", "rules"]),
        ("guide", ["training"]),
        ("structures", ["officer", "example"]),
        ("leadership", ["example"]),
        ("policy", []),
    ],
)
def test_the_topics_of_a_node_are_all_below_it(node: str, topics: list[str]) -> None:
    """Those of its functions and views included; a document has none that are rated."""
    framework = load(WIDE_FRAMEWORK)
    assert ids(framework.topics_of(framework.nodes[node])) == topics


# --- what is wrong with it -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "changes"),
    [
        ("E030 E030", [("languages: [fr, nl]", "languages: [fr, ▸xx, ▸es]")]),
        ("E027", [("languages: [fr, nl]", "languages: ▸[]")]),
        ("E067", [("languages: [fr, nl]", "languages: [fr, ▸de]")]),
        ("E040", [("{level: 2, name", "{level: ▸3, name")]),
        ("E040", [("{level: 0, name", "{level: ▸1, name")]),
        (
            "E041 E062",
            [("{id: guide, label", "{id: ▸determine, label"), ("under: guide", "under: ▸guide")],
        ),
        ("E041", [("{id: rules, under", "{id: ▸code, under")]),
        ("E041", [("{id: rules, under", "{id: ▸processes, under")]),
        ("E062", [("under: determine", "under: ▸determin")]),
        ("E043", [("under: processes", "under: ▸instruments")]),
        (
            "E044",
            [("- {id: cycle, under: processes, layer: core", "- ▸{id: cycle, under: processes")],
        ),
        ("E044", [("under: policy, approach", "under: policy, ▸layer: core, approach")]),
        (
            "E045",
            [("label: {fr: Processus, nl: Processen}", "label: {fr: x, nl: x}\n    role: ▸view")],
        ),
        (
            "E045 E043 E044",
            [
                (
                    "{id: annex, label: {fr: x, nl: x}, role: document}",
                    "{id: annex, label: {fr: x, nl: x}, role: ▸level}",
                ),
                ("id: mission, under: policy", "id: mission, under: ▸policy"),
                ("- {id: list", "- ▸{id: list"),
            ],
        ),
        ("E064", [("evidence_from: 3", "evidence_from: ▸6")]),
        ("E064", [("approved_policy, level: 1}", "approved_policy, level: ▸6}")]),
        ("E064", [("tree:\n", "targets: {core: 5, complementary: ▸6}\ntree:\n")]),
        ("E064", [("{id: rules, under", "{id: rules, target: ▸6, under")]),
        ("E027", [("coverage: 80", "coverage: ▸101")]),
        ("E027", [("mostly: 50", "mostly: ▸100")]),
        ("E027 E027", [("{core: 2, complementary: 1}", "{core: ▸0, complementary: ▸-1}")]),
        (
            "E201",
            [("{id: annex, label", "{id: ▸overall, label"), ("under: annex", "under: overall")],
        ),
        (
            "E049",
            [
                (
                    "{id: officer, under: structures, layer: complementary, approach: controlling",
                    "▸{id: officer, under: structures, layer: complementary",
                )
            ],
        ),
        ("E072", [("high: 0.2", "high: ▸-0.3")]),
        ("E022", [("imfsurvey: 1", "imfsurvey: ▸0")]),
        ("E023", [("rule: capped_shares", "rule: ▸median")]),
        ("E023", [("asked_in: [self_assessment]}", "asked_in: [▸self_assesment]}")]),
    ],
)
def test_a_fault_is_told_at_its_place(codes: str, changes: list[tuple[str, str]]) -> None:
    """Each at the first wrong character, all of one file together."""
    text = with_change(WIDE_FRAMEWORK, *changes)
    assert_found(load, text, *(f"IMF-{code}" for code in codes.split()))


MEAN = (SAMPLES / "mean.framework.yaml").read_text("utf-8")
STEPPED = (
    with_change(MEAN, ("  rule: mean", "  rule: staged\n  reached_from: 2"))
    .replace("layer: core, ", "layer: core, step: 1, ")
    .replace("layer: complementary, ", "layer: complementary, step: 3, ")
)


def summed(*values: str) -> str:
    """Steps 1, 2 and 3 under one node, and a value of each level."""
    text = MEAN[: MEAN.index("  - {id: intranet")].replace("  rule: mean", "  rule: sum_of_means")
    text = text.replace("{id: code, under: rules, ", "{id: code, under: rules, step: 1, ")
    text = text.replace("{id: gifts, under: rules, ", "{id: gifts, under: rules, step: 2, ")
    text += text[text.index("  - {id: gifts") :].replace("gifts", "last").replace(": 2,", ": 3,")
    for level, value in enumerate(values):
        text = text.replace(f"{{level: {level}, ", f"{{level: {level}, value: {value}, ")
    return text


def test_another_model_is_read_from_its_file() -> None:
    """Without gate and balance, with topics that have no approach."""
    framework = load(MEAN)
    assert (framework.aggregation.rule, framework.gate, framework.balance) == ("mean", None, None)
    assert {topic.approach for topic in framework.topics} == {None}
    assert load(MEAN.replace("rule: mean", "rule: minimum")).aggregation.rule == "minimum"


def test_models_that_go_by_steps_are_read() -> None:
    """Topics with a step, for SAMM also levels with a value."""
    assert {topic.step for topic in load(STEPPED).rated_topics} == {1, 3}
    levels = load(summed("0", "0.25", "0.5", "1")).levels
    assert [level.value for level in levels] == [0, 0.25, 0.5, 1]


@pytest.mark.parametrize("text", [STEPPED, summed("0", "0.25", "0.5", "1")])
def test_a_topic_of_a_document_has_no_step(text: str) -> None:
    """It gets no level either, whatever the rule goes by."""
    paper = ("topics:\n", "  - {id: paper, label: {fr: x, nl: x}, role: document}\ntopics:\n")
    vision = '  - {id: vision, under: paper, label: {fr: x, nl: x}, source: "", asked_in: []}\n'
    wider = with_change(text, paper).rstrip("\n") + f"\n{vision}"
    assert "vision" not in ids(load(wider).rated_topics)
    stepped = wider.replace("under: paper,", "under: paper, ▸step: 1,")
    assert_found(load, stepped, "IMF-E047")


@pytest.mark.parametrize(
    ("codes", "text", "changes"),
    [
        ("E020", MEAN, [("  rule: mean\n  weights", "  ▸weights")]),
        ("E021", MEAN, [("rule: mean", "rule: mean\n  ▸mostly: 50")]),
        ("E021", MEAN, [("rule: mean", "rule: minimum\n  ▸reached_from: 2")]),
        ("E046", MEAN, [("{level: 1, ", "{level: 1, ▸value: 0.5, ")]),
        ("E046", summed("0", "0.25", "0.5"), [("levels:\n  - ", "levels:\n  ▸- ")]),
        ("E046", summed("0", "0.5", "0.5", "1"), [("levels:\n  - ", "levels:\n  ▸- ")]),
        ("E046", summed("0", "0.2", "0.5", "0.9"), [("levels:\n  - ", "levels:\n  ▸- ")]),
        ("E046", summed("0.1", "0.2", "0.5", "1"), [("levels:\n  - ", "levels:\n  ▸- ")]),
        ("E047", MEAN, [("id: code, under: rules, ", "id: code, under: rules, ▸step: 1, ")]),
        (
            "E047",
            STEPPED,
            [
                (
                    "{id: code, under: rules, layer: core, step: 1",
                    "▸{id: code, under: rules, layer: core",
                )
            ],
        ),
        ("E064", STEPPED, [("layer: core, step: 1", "layer: core, step: ▸4")]),
        ("E064", STEPPED, [("reached_from: 2", "reached_from: ▸4")]),
        (
            "E048",
            summed("0", "0.2", "0.5", "1"),
            [("{id: code, under: rules, step: 1", "{id: code, under: ▸rules, step: 2")],
        ),
        (
            "E048",
            summed("0", "0.2", "0.5", "1"),
            [
                (
                    "{id: code, under: rules, step: 1, layer: core",
                    "{id: code, under: ▸rules, step: 1, layer: complementary",
                )
            ],
        ),
        (
            "E049",
            FRAMEWORK,
            [
                (
                    "- {id: code, under: determine, layer: core, approach: stimulating",
                    "- ▸{id: code, under: determine, layer: core",
                )
            ],
        ),
    ],
)
def test_what_a_rule_needs_is_told_at_its_place(
    codes: str, text: str, changes: list[tuple[str, str]]
) -> None:
    """Steps and values where the rule goes by them, nowhere else; approaches for a balance."""
    assert_found(load, with_change(text, *changes), *(f"IMF-{code}" for code in codes.split()))


def test_the_lowest_step_without_a_topic_is_told() -> None:
    """Of steps 1 and 2 the first."""
    text = (
        summed("0", "0.2", "0.5", "1").replace("step: 1", "step: 3").replace("step: 2", "step: 3")
    )
    (problem,) = problems_of(load, text)
    assert problem.message == "node 'rules' has no core topic of step 1"


def test_the_highest_level_is_on_the_scale() -> None:
    """Evidence, gate and targets may ask for it."""
    changes = [("evidence_from: 3", "evidence_from: 5"), ("policy, level: 1", "policy, level: 5")]
    changes.append(("tree:\n", "targets: {core: 5}\ntree:\n"))
    assert load(with_change(WIDE_FRAMEWORK, *changes)).max_level == 5


def test_the_target_of_a_topic_is_its_own_else_that_of_its_layer() -> None:
    """`officer` is complementary, the others are core; a layer or a framework may have none."""
    own = with_change(WIDE_FRAMEWORK, ("{id: rules, under", "{id: rules, target: 4, under"))
    layers = with_change(own, ("tree:\n", "targets: {core: 3, complementary: 2}\ntree:\n"))
    for text, expected in (
        (layers, {"code": 3, "rules": 4, "officer": 2}),
        (layers.replace(", complementary: 2", ""), {"code": 3, "rules": 4, "officer": None}),
        (own, {"code": None, "rules": 4, "officer": None}),
    ):
        framework = load(text)
        topics = [framework.topic_by_id[topic] for topic in expected]
        assert {topic.id: framework.default_target(topic) for topic in topics} == expected


def test_the_band_of_the_balance_may_be_a_single_number() -> None:
    """It ends where it starts, not below."""
    balance = load(with_change(FRAMEWORK, ("high: 0.2", "high: -0.2"))).balance
    assert (balance.low, balance.high) == (-0.2, -0.2)


def test_a_view_may_have_functions() -> None:
    """Their topics count where those of the view count."""
    below = "role: view, children: [{id: top, label: {fr: x, nl: x}}]}"
    text = with_change(WIDE_FRAMEWORK, ("role: view}", below), ("under: leadership", "under: top"))
    framework = load(text)
    assert ids(framework.topics_of(framework.nodes["structures"])) == ["officer", "example"]


def test_the_places_of_both_uses_of_an_id_are_told() -> None:
    """The second one is the place, the line of the first is in the words."""
    line = FRAMEWORK[: FRAMEWORK.index("{id: code,")].count("\n") + 1
    (problem,) = problems_of(load, with_change(FRAMEWORK, ("{id: cycle,", "{id: code,")))
    assert problem.message == f"id 'code' is used twice (first on line {line})"


def test_the_nearest_node_is_proposed() -> None:
    """A typing error is mended at once."""
    (problem,) = problems_of(load, with_change(FRAMEWORK, ("under: guide", "under: giude")))
    assert problem.message == "node 'giude' does not exist: did you mean 'guide'?"
