#!/bin/sh
# Installs what the tests need (a browser from Debian's packages if there is none) and runs all checks and tests.
# Usage: sh scripts/test.sh
set -eu
cd "$(dirname "$0")/.."

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

browser=
for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge msedge; do
    if command -v "$name" >/dev/null 2>&1; then browser=$name && break; fi
done
if [ -z "$browser" ] && ! [ -d "/Applications/Google Chrome.app" ]; then
    as_root apt-get update -qq
    as_root apt-get install -y -qq chromium fonts-noto-cjk
fi

sh scripts/setup.sh test
bin=.venv/bin
export NO_MKDOCS_2_WARNING=1

echo "== ruff" && $bin/ruff check . && $bin/ruff format --check .
echo "== mypy" && $bin/mypy
echo "== fast tests" && $bin/python -m pytest -q -m "not slow"
echo "== slow tests" && $bin/python -m pytest -q -m slow
