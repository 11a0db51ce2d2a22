"""What the benchmarks' scripts share: when a figure has been measured often enough, and tables in Markdown."""

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
