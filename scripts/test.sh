#!/bin/sh
# Installs what the tests need (browsers from Debian's packages if there are none) and runs all checks and tests.
# Usage: sh scripts/test.sh
set -eu
cd "$(dirname "$0")/.."

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

have() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

missing=
if ! have chromium chromium-browser google-chrome google-chrome-stable microsoft-edge msedge; then
    missing="chromium fonts-noto-cjk"
fi
if ! have firefox-esr firefox; then missing="$missing firefox-esr"; fi
if [ -n "$missing" ]; then
    as_root apt-get update -qq
    as_root apt-get install -y -qq $missing
fi

sh scripts/setup.sh test
bin=.venv/bin
export NO_MKDOCS_2_WARNING=1

echo "== ruff" && $bin/ruff check . && $bin/ruff format --check .
echo "== mypy" && $bin/mypy
echo "== fast tests" && $bin/python -m pytest -q -m "not slow"
echo "== slow tests" && $bin/python -m pytest -q -m slow
