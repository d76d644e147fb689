#!/usr/bin/env python3
"""Counts what a run of the test suite has passed, failed and skipped.

count-tests.py STATUS LOG..., with Meson's testlog.json of each build and the worst exit status of "meson test". A program that speaks TAP
counts with each of its tests, any other as one. The last line is "N passed, N failed", with ", N skipped" behind it
where some were; failed and skipped ones are named before it. Exits with 0 if something passed and nothing failed.
"""

import json
import re
import sys

# "not ok" may lack its number: newer GLib says so of a test that died in an assertion.
TAP_LINE = re.compile(r"""(?:ok\ (?P<number>\d+) | (?P<failed>not\ ok)(?:\ \d+)?) (?:\s+|$)
                          (?:-\ )?(?P<name>[^#]*) (?:\#\s*(?P<directive>SKIP|TODO)\b)?""",
                      re.IGNORECASE | re.VERBOSE)

class Count:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.skipped = []

    def add_program(self, program, result, output):
        """One line of the log: the program's tests or, where it does not tell them, the program."""
        if result == "EXPECTEDFAIL":
            self.passed += 1
            return
        failed_before = len(self.failed)
        told = self.add_tap(program, output)
        if result not in {"OK", "SKIP", "IGNORED"}:
            if len(self.failed) == failed_before:
                self.failed.append(f"{program} ({result.lower()})")
        elif told == 0:
            if result == "OK":
                self.passed += 1
            else:
                self.skipped.append(program)

    def add_tap(self, program, output):
        """The tests that a TAP program tells of; returns how many."""
        told = 0
        for line in output.splitlines():
            match = TAP_LINE.match(line)
            if not match:
                continue
            told += 1
            name = f"{program} {match['name'].strip() or match['number'] or told}"
            directive = (match["directive"] or "").upper()
            if directive == "SKIP":
                self.skipped.append(name)
            elif directive == "TODO" and not match["failed"]:
                self.failed.append(f"{name} (passed, but was expected to fail)")
            elif match["failed"] and not directive:
                self.failed.append(name)
            else:
                self.passed += 1
        return told


def main():
    status, paths = int(sys.argv[1]), sys.argv[2:]
    count = Count()
    for path in paths:
        folder = path.split("/")[0]
        try:
            with open(path, encoding="utf-8", errors="replace") as log:
                for line in log:
                    if line.strip():
                        entry = json.loads(line)
                        count.add_program(f"{folder}: {entry['name']}", entry["result"], entry.get("stdout") or "")
        except (OSError, ValueError, KeyError) as error:
            count.failed.append(f"the log of the tests, {path}: {error}")

    if not count.failed and status != 0:
        count.failed.append(f"meson test (exit status {status})")
    if not count.failed and count.passed + len(count.skipped) == 0:
        count.failed.append("the suite (it holds no test)")

    if count.failed:
        print("Failed: " + "; ".join(count.failed))
    if count.skipped:
        print("Skipped: " + "; ".join(count.skipped))
    total = f"{count.passed} passed, {len(count.failed)} failed"
    if count.skipped:
        total += f", {len(count.skipped)} skipped"
    print(total)
    return 1 if count.failed else 0


if __name__ == "__main__":
    sys.exit(main())
