#!/usr/bin/python3
"""Two workers beside one: what an echo and a download cost, and how the work is spread.

    workers.py    100 connections of round trips, 64 downloads of 5 MB: with two workers at most 1.1 times the
                  processor time that one needs for each, and neither worker has less than 0.35 of the work

Both run all the time and take turns in short rounds; the ratio is the median of the rounds' ratios. The daemons
have one half of the cores and the load the other: what is sent over loopback is received, in the kernel, in the
sender's time, and a load that moves between the workers' cores is paid by them, the more the more cores they use.
With two cores both workers share one, and what they would cost each other between cores is not seen.
KAMAELIAD, ECHO_LOAD and HTTP_LOAD name the binaries.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
import harness  # noqa: E402: found only now
from rounds import MOST_ROUNDS, ROUNDS, row, settled, table, verdict  # noqa: E402

BUILT = pathlib.Path(harness.ROOT, "build/release/tests/bench")
ECHO_LOAD = os.environ.get("ECHO_LOAD", str(BUILT / "echo_load"))
HTTP_LOAD = os.environ.get("HTTP_LOAD", str(BUILT / "http_load"))
CONFIG = """
workers: {}
servers:
  echo: {{ listen: "tcp://127.0.0.1:0", protocol: [ Echo ] }}
  web: {{ listen: "http://127.0.0.1:0" }}
"""
MOST_RATIO = 1.1
LEAST_SHARE = 0.35
# What is named in the table, and the figure that is compared.
WORK = {"echo": ("100 connections, us a round trip", "server_us"),
        "download": ("64 downloads of 5 MB, us a megabyte", "us_per_megabyte")}
CORES = sorted(os.sched_getaffinity(0))
SERVERS_CORES, LOADS_CORES = CORES[:len(CORES) // 2], CORES[len(CORES) // 2:]
TICKS = os.sysconf("SC_CLK_TCK")


def on_cores(cores, command=()):
    return ["taskset", "--cpu-list", ",".join(map(str, cores)), *map(str, command)]


class Ours(harness.Daemon):
    def __init__(self, media, workers):
        super().__init__(CONFIG.format(workers), media, prefix=on_cores(SERVERS_CORES))

    def load(self, what, seconds):
        if what == "echo":
            command = [ECHO_LOAD, self.address("echo")[1], self.process.pid, 100, 64, 1, seconds]
        else:
            command = [HTTP_LOAD, self.address("web")[1], self.process.pid, 64, seconds, "/media/large.ogg"]
        done = harness.run(on_cores(LOADS_CORES, command), timeout=seconds + harness.CLIENT_SECONDS)
        return json.loads(done.stdout)[WORK[what][1]]

    def seconds_of_threads(self):
        """Processor seconds of each thread that has had some."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()
        fields = [(task / "stat").read_text(encoding="ascii").rpartition(")")[2].split() for task in tasks]
        return sorted((sum(map(int, each[11:13])) / TICKS for each in fields), reverse=True)


def compare(one, two, what, seconds):
    """The median ratio."""
    rounds = []
    while len(rounds) < ROUNDS or (len(rounds) < MOST_ROUNDS and not settled([b / a for a, b in rounds])):
        if len(rounds) % 2:                 # neither is always the first
            second, first = two.load(what, seconds), one.load(what, seconds)
        else:
            first, second = one.load(what, seconds), two.load(what, seconds)
        rounds.append((first, second))
    ratio = statistics.median(b / a for a, b in rounds)
    row(WORK[what][0], *(f"{statistics.median(column):.1f}" for column in zip(*rounds)), f"**{ratio:.2f}**",
        MOST_RATIO, len(rounds))
    return ratio


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    if not SERVERS_CORES:
        parser.error("it takes two cores: one for the daemon and one for the load")
    complaints = []
    with tempfile.TemporaryDirectory() as media:
        pathlib.Path(media, "large.ogg").write_bytes(os.urandom(5_000_000))
        with Ours(media, 1) as one, Ours(media, 2) as two:
            table("what", "one worker", "two workers", "ratio", "limit", "rounds")
            for what in WORK:
                before = two.seconds_of_threads()
                ratio = compare(one, two, what, options.seconds)
                if ratio > MOST_RATIO:
                    complaints.append(f"{what}: {ratio:.2f} times what one worker needs, {MOST_RATIO} at most")
                spent = [now - then for now, then in zip(two.seconds_of_threads(), before)][:2]
                share = min(spent) / sum(spent)
                print(f"{what}: of the work {share:.2f} is the worker's who has less")
                if share < LEAST_SHARE:
                    complaints.append(f"{what}: a worker has {share:.2f} of the work, {LEAST_SHARE} at least")
    return verdict(complaints)


if __name__ == "__main__":
    sys.exit(main())
