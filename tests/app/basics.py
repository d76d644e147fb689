"""basics.py: what every script needs that drives the window: to check, to wait, to run a command.

Nothing here sleeps for a time and hopes: wait_for() asks again until something holds or its limit has passed.
"""

import os
import re
import shutil
import subprocess
import sys
import time


def skip_all(reason):
    """Ends a test program of which nothing can be run here."""
    print(f"1..0 # SKIP {reason}", flush=True)
    sys.exit(0)


try:
    import gi
    gi.require_version("Gio", "2.0")
    from gi.repository import Gio, GLib
except (ImportError, ValueError):
    skip_all("Python's gi is not installed; the window is driven with it")

for needed in ("xdotool", "import", "convert"):
    if shutil.which(needed) is None:
        skip_all(f"{needed} is not installed; the window is driven and photographed with it")

BUILD = os.environ["GATESCOPE_BUILD_DIR"]
SOURCE = os.environ["GATESCOPE_SOURCE_DIR"]

# Seconds for what takes a moment on an idle machine. The machine may be busy with other tests.
PATIENCE = 40


class Skip(Exception):
    """Raised by a test that can't be run here."""


def wait_for(condition, what, seconds=PATIENCE):
    """Calls condition() until it gives something true, which is returned."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain for {what}; the last value was {value!r}")
        time.sleep(0.02)


def stays(condition, what, seconds=0.6):
    """Calls condition() for a while; it must not cease to hold."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        check(condition(), f"{what} did not stay so")
        time.sleep(0.05)


def check(holds, message):
    if not holds:
        raise AssertionError(message)


def check_equal(is_, should, what):
    check(is_ == should, f"{what}: {is_!r}, not {should!r}")


def check_matches(pattern, text, what):
    check(re.search(pattern, text), f"{what}: {text!r} does not match {pattern!r}")


def run(*command):
    """The standard output of a command that must not fail."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
    check(done.returncode == 0, f"{command[0]} exits with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout
