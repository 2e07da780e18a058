"""JSON that people can read, too."""

from __future__ import annotations

from typing import Any

import msgspec


def json_bytes(data: Any) -> bytes:
    """``data`` with a line for each value, indented by one, and a line end: ``json.dumps(data, ensure_ascii=False, indent=1)``, many times as fast."""
    return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"
