"""The offline copy: the built site as a folder that works from a USB stick, with no server and no network.

:mod:`~gongkai.offline.pages` and :mod:`~gongkai.offline.packs` say how one page and the search data change,
:mod:`~gongkai.offline.manifest` what a copy is made of, :mod:`~gongkai.offline.making` writes copies and updates.
"""

from gongkai.offline.making import FOLDER, SWITCH, Copy, Made, OfflineError, base_of, make_copy, make_update
from gongkai.offline.manifest import Manifest, Problem, read_manifest, verify

__all__ = [
    "FOLDER",
    "SWITCH",
    "Copy",
    "Made",
    "Manifest",
    "OfflineError",
    "Problem",
    "base_of",
    "make_copy",
    "make_update",
    "read_manifest",
    "verify",
]
