"""``gongkai serve``: MkDocs' own server, rebuilding on change."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.cli.site import add_config, need_config


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--addr", default="127.0.0.1:8000", metavar="地址:端口", help="本机地址（默认 127.0.0.1:8000）")
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """Serve the site until stopped; gives the server's exit code."""
    config_file: Path = options.config_file
    address: str = options.addr
    need_config(config_file)
    if not re.fullmatch(r"[\w.:\[\]-]+:\d{1,5}", address):
        raise UsageError(f"地址“{address}”写得不对，请写成 127.0.0.1:8000 的形式。")
    print(f"正在生成，完成后请用浏览器打开 http://{address}/；按 Ctrl+C 停止。", flush=True)
    # Material greets every build in English with its end of life; clerks cannot do anything about it.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    # --livereload is said aloud: with newer releases of click, MkDocs 1.6.1 takes its own default for "no".
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(config_file), "-a", address, "--livereload"]
    if os.name == "posix":  # the server in our place: whoever ends this program ends it
        os.execve(sys.executable, command, environment)  # noqa: S606 - no shell, our own arguments
    return subprocess.run(command, check=False, env=environment).returncode
