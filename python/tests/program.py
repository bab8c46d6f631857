"""What the program prints for pages, to compare with."""

import datetime
import json
import os
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SAMPLE = sorted((PROJECT / "content/pages").glob("*.txt"))


def by_program(requests, *options):
    """What `wenzhai split` prints for requests."""
    program = os.environ["WENZHAI"]
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    command = [program, "split", *options]
    done = subprocess.run(command, input=lines, capture_output=True, encoding="utf-8", cwd=PROJECT / "python", check=False)
    return [json.loads(line) for line in done.stdout.splitlines()]


def without_null(value):
    """What the program leaves out is null in a table, and the other way round."""
    if isinstance(value, dict):
        return {key: without_null(inner) for key, inner in value.items() if inner not in (None, [], False)}
    if isinstance(value, list):
        return [without_null(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime.date) else value
