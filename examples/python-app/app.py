"""A small web application: what it answers comes from a mounted file and from its environment."""

import os
import sys
import time
import tomllib
import urllib.request

from flask import Flask, request

CONFIGURATION = os.environ.get("APP_CONFIGURATION", "/etc/app.toml")

app = Flask(__name__)


def configuration() -> dict:
    """What the mounted file says; nothing when none is mounted."""
    try:
        with open(CONFIGURATION, "rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}


@app.get("/")
def greet():
    greeting = configuration().get("greeting", "Hello")
    return f"{greeting} from {os.environ.get('GREETER', 'nobody')}\n"


@app.get("/health")
def health():
    return "well\n"


@app.get("/load")
def load():
    """Computes for `ms` milliseconds with `mb` mebibytes in memory, so that graphs have something to show."""
    milliseconds = min(request.args.get("ms", 100, int), 5_000)
    held = bytearray(min(request.args.get("mb", 8, int), 256) << 20)
    held[::4096] = b"\1" * len(held[::4096])
    end = time.monotonic() + milliseconds / 1000
    rounds = 0
    while time.monotonic() < end:
        rounds += sum(range(1_000))
    return f"{milliseconds} ms, {len(held) >> 20} MiB\n"


def check() -> int:
    """The health check: 0 when the application answers."""
    try:
        with urllib.request.urlopen("http://127.0.0.1:8000/health", timeout=2) as answer:
            return 0 if answer.status == 200 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:] == ["check"] else "usage: app.py check")
