"""All items together, as pages and reports read them."""

from gongkai.dataset.dataset import Dataset, build_dataset
from gongkai.dataset.links import Target, TargetKind

__all__ = ["Dataset", "Target", "TargetKind", "build_dataset"]
