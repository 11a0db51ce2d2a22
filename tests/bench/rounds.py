"""What the benchmarks' scripts share: when a figure has been measured often enough, tables in Markdown, and how a
script ends."""

import os
import statistics

ROUNDS = 5
MOST_ROUNDS = 3 * ROUNDS
WIDTH = 0.1


def settled(values):
    """The middle half of the rounds agrees.

    This says when to stop, and it asks for no side: a figure that is good enough gets no fewer rounds than one
    that is not.
    """
    first, middle, third = statistics.quantiles(values, n=4, method="inclusive")
    return third - first <= WIDTH * abs(middle)


def row(*cells):
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def table(*columns):
    row(*columns)
    row(*("---" for _ in columns))


def verdict(complaints):
    """Says how busy the machine was, and what is wrong; the exit code."""
    print(f"Load of the machine in the last minute: {os.getloadavg()[0]:.1f}")
    print(*complaints, sep="\n")
    return 1 if complaints else 0
