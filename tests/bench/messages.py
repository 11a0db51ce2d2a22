#!/usr/bin/python3
"""What a message, a component and a timer cost in our runtime, in others and with none: one table.

    messages.py             every row; fails when ours misses a limit or is not faster than every peer
    messages.py ROW ...     only these

A figure is processor time of the whole process. All programs measure a row in turn, round after round, so
that what else the machine does hits all of them. The table shows medians and the least of our own, which
is what the limits are for; the ratio is the median of the rounds' ratios to the fastest peer. BENCHES is
the directory of the programs.
"""

import collections
import os
import pathlib
import statistics
import subprocess
import sys

from rounds import MOST_ROUNDS, ROUNDS, row, settled, table, verdict

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BENCHES = pathlib.Path(os.environ.get("BENCHES", ROOT / "build/release/tests/bench"))
OURS, FLOOR = "axon", "deque"
PEERS = {"asio": "Boost.Asio", "caf": "CAF", "go": "Go"}
ROW_SECONDS = 120   # on a machine that does a lot else

# In `what`, `unit` and `limit` a figure of the program counts `times`: a message makes so many hops.
Row = collections.namedtuple("Row", "name what unit times limit", defaults=(1, None))
HOP = 20
ROWS = (
    Row("pipe2-1", "message through 2, 1 in flight", "ns", 3, 3 * HOP),
    Row("pipe2-64", "message through 2, 64 in flight", "ns", 3, 3 * HOP),
    Row("pipe10-1", "message through 10, 1 in flight", "ns", 11, 11 * HOP),
    Row("pipe10-64", "message through 10, 64 in flight", "ns", 11, 11 * HOP),
    Row("ring1000", "hop in a ring of 1,000, 1 in flight", "ns", 1, HOP),
    Row("fan1000", "delivery of a shared buffer to 1,000", "ns", 1, 25),
    Row("allocations", "heap allocations of all the above", "", 1, 0),
    Row("spawn", "spawn and end of a component", "ns"),
    Row("idle", "idle component with an inbox", "bytes", 1, 400),
    Row("idle-echo", "idle Echo", "bytes", 1, 500),
    Row("stop", "stop of 100,000 that wait for input", "ms", 1, 100),
    Row("stop-senders", "stop of 100,000 that wait to send", "ms", 1, 100),
    Row("timer-cancel", "timer: start and cancel, a million pending", "ns"),
    Row("timer-expire", "timer: start and expire", "ns"),
    Row("tick", "timers: what a million pending add to a tick", "ns", 1, 1),
)


def run(program, *arguments):
    command = [BENCHES / f"bench_{program}", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=ROW_SECONDS)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed: {done.stderr}")
    return done.stdout


def programs_by_row():
    """Which programs know which row."""
    missing = [name for name in (OURS, FLOOR, *PEERS) if not (BENCHES / f"bench_{name}").exists()]
    if missing:
        sys.exit(f"not built in {BENCHES}: {', '.join(missing)}; scripts/setup installs what they need")
    known = {program: set(run(program).split()) for program in (OURS, FLOOR, *PEERS)}
    return {each.name: [program for program in known if each.name in known[program]] for each in ROWS}


def confirmed(values):
    """The least is not a stroke of luck."""
    least, second = sorted(values)[:2]
    return second <= 1.05 * least


def clear(values):
    """No round leaves a doubt of which is the faster."""
    return max(values) < 0.5 or min(values) > 2


def measure(row_name, programs):
    """{program: a figure for each round}"""
    figures = {program: [] for program in programs}
    while True:
        turn = len(figures[OURS]) % len(programs)       # none is always the first
        for program in programs[turn:] + programs[:turn]:
            figures[program].append(float(run(program, row_name)))
        count = len(figures[OURS])
        if count >= ROUNDS and confirmed(figures[OURS]) \
                and all(clear(each) or settled(each) for each in ratios(figures).values()):
            return figures
        if count == MOST_ROUNDS:
            return figures


def ratios(figures):
    """{peer: ours by theirs for each round}"""
    return {peer: [ours / theirs for ours, theirs in zip(figures[OURS], figures[peer])]
            for peer in PEERS if peer in figures}


def text(value):
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"


def report(each, figures):
    """Prints a row of the table; what is wrong with it."""
    least = min(figures[OURS]) * each.times
    middle = {program: text(statistics.median(values) * each.times) for program, values in figures.items()}
    compared = {peer: statistics.median(values) for peer, values in ratios(figures).items()}
    row(each.what, each.unit, "" if each.limit is None else each.limit, f"**{text(least)}**", middle[OURS],
        middle.get(FLOOR, ""), *(middle.get(peer, "") for peer in PEERS),
        f"{max(compared.values()):.2f}" if compared else "", len(figures[OURS]))
    if each.limit is not None and least > each.limit:
        yield f"{each.what}: {text(least)} {each.unit}, at most {each.limit} wanted"
    for peer, ratio in compared.items():
        if ratio >= 1:
            yield f"{each.what}: {ratio:.2f} times what {PEERS[peer]} takes"


def main():
    wanted = sys.argv[1:] or [each.name for each in ROWS]
    if unknown := set(wanted) - {each.name for each in ROWS}:
        print(__doc__, f"no such row: {', '.join(sorted(unknown))}", sep="\n", file=sys.stderr)
        return 64
    programs = programs_by_row()
    wrong = []
    table("what", "unit", "limit", "ours, least", "ours", "deque", *PEERS.values(), "ratio", "rounds")
    for each in ROWS:
        if each.name in wanted:
            wrong += report(each, measure(each.name, programs[each.name]))
    return verdict(wrong)


if __name__ == "__main__":
    sys.exit(main())
