"""A maturity model as data: the tree of topics, the scale of levels, the aggregation rule."""

from imfsurvey.framework.load import load_framework
from imfsurvey.framework.model import Framework, Level, Node, Topic

__all__ = ["Framework", "Level", "Node", "Topic", "load_framework"]
