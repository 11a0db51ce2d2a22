#!/usr/bin/python3
"""Runs every test of this directory, or those files that are named, and counts.

    tests/interop/run.py [NAME_test.py ...]

KAMAELIAD names the daemon's binary (build/release/server/kamaeliad otherwise); KAMAELIA_INTEROP=full
plays mono and stereo of 8 to 48 kHz to each client as well. Exit code 0: nothing failed.
"""

import os
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))


def failed(result):
    """Tests, not complaints: several subtests of one test count once, a class that fails to start or
    to stop counts as one."""
    whole = {getattr(test, "test_case", test).id() for test, _ in result.failures + result.errors}
    return len(whole | {test.id() for test in result.unexpectedSuccesses})


def main():
    names = sys.argv[1:] or sorted(name for name in os.listdir(HERE) if name.endswith("_test.py"))
    sys.path.insert(0, HERE)
    passed = failures = 0
    for name in names:
        print(f"--- {name}", file=sys.stderr, flush=True)
        suite = unittest.defaultTestLoader.loadTestsFromName(os.path.basename(name).removesuffix(".py"))
        result = CountingRunner(verbosity=2).run(suite)
        passed += result.passed
        failures += failed(result)
    sys.stderr.flush()
    print(f"{passed} passed, {failures} failed")
    return 1 if failures else 0


class CountingResult(unittest.TextTestResult):
    passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


class CountingRunner(unittest.TextTestRunner):
    resultclass = CountingResult


if __name__ == "__main__":
    sys.exit(main())
