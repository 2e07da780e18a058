#!/bin/sh
# Makes a virtual environment in .venv and installs the product into it. On Debian without venv it installs that first.
# Usage: sh scripts/setup.sh [extra]     (extra: test)
set -eu
cd "$(dirname "$0")/.."

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

python=${PYTHON:-python3}
if [ ! -x .venv/bin/pip ]; then
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        as_root apt-get update -qq
        as_root apt-get install -y -qq python3-venv
        "$python" -m venv .venv
    fi
fi
.venv/bin/pip install --quiet --disable-pip-version-check --editable ".${1:+[$1]}"
