#!/usr/bin/python3
"""Files over HTTP, beside Debian's nginx: what a megabyte of a download costs, and a small request.

    files.py    5 MB files with 1, 64 and 1,000 downloads at once: at most 1.1 times nginx's processor time a
                megabyte, and the slowest of 1,000 gets at least 60 % of what the median one does;
                4 KB files with 1, 64 and 1,000 keep-alive connections: at most 1.3 times its time a request

Both are one process with one worker, have one core to themselves and take turns in short rounds, so that what
else the machine does hits both; the ratio is the median of the rounds' ratios. The load, on the other core,
has the kernel drop what it receives. An answer that is wrong or cut short fails too. KAMAELIAD and HTTP_LOAD
name the binaries.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
import harness  # noqa: E402: found only now
from nginx_peer import Nginx  # noqa: E402
from rounds import MOST_ROUNDS, ROUNDS, row, settled, table, verdict  # noqa: E402

LOAD = os.environ.get("HTTP_LOAD", str(pathlib.Path(harness.ROOT, "build/release/tests/bench/http_load")))
CONFIG = """
workers: 1
servers:
  web: { listen: "http://127.0.0.1:0" }
"""
SIZES = {"large.ogg": 5_000_000, "small.ogg": 4096}
LEAST_SHARE = 0.6       # of the median's, for the slowest of many

# (file, connections, what is compared, what of nginx's is allowed)
WORK = [("large.ogg", count, "us_per_megabyte", 1.1) for count in (1, 64, 1000)] + \
       [("small.ogg", count, "us_per_request", 1.3) for count in (1, 64, 1000)]
SLOWEST = ("large.ogg", 1000)

COLUMNS = ("what", "downloads", "unit", "nginx", "kamaeliad", "ratio", "limit", "nginx, MB/s", "kamaeliad, MB/s",
           "slowest to median, both", "p99, both", "rounds")


class Ours(harness.Daemon):
    """kamaeliad with one web server."""

    def __init__(self, media):
        super().__init__(CONFIG, media)

    def __enter__(self):
        super().__enter__()
        self.pid, self.port = self.process.pid, self.address("web")[1]
        return self


def load(server, work, seconds, cpu):
    """One round against one server."""
    name, connections, *_ = work
    command = [LOAD, *map(str, (server.port, server.pid, connections, seconds, "/media/" + name))]
    done = harness.run(command, timeout=seconds + harness.CLIENT_SECONDS,
                       preexec_fn=lambda: os.sched_setaffinity(0, {cpu}))
    return json.loads(done.stdout)


def compare(peer, ours, work, seconds, cpu):
    """Prints a row of the table; the ratio, and the slowest's share of the median."""
    name, connections, key, limit = work

    def ratios():
        return [mine[key] / its[key] for its, mine in rounds]

    rounds = []
    while len(rounds) < ROUNDS or (len(rounds) < MOST_ROUNDS and not settled(ratios())):
        if len(rounds) % 2:                 # neither is always the first
            mine, its = (load(server, work, seconds, cpu) for server in (ours, peer))
        else:
            its, mine = (load(server, work, seconds, cpu) for server in (peer, ours))
        rounds.append((its, mine))

    def medians(what):
        return [statistics.median(result[what] for result in column) for column in zip(*rounds)]

    cost, rate, slowest, tail = map(medians, (key, "megabytes_per_s", "slowest", "p99_us"))
    ratio = statistics.median(ratios())
    row("5 MB" if name == "large.ogg" else "4 KB", f"{connections:,}",
        "us a megabyte" if key == "us_per_megabyte" else "us a request", *(f"{each:.1f}" for each in cost),
        f"**{ratio:.2f}**", limit, *(f"{each:,.0f}" for each in rate), "{:.2f}, {:.2f}".format(*slowest),
        "{:,.1f}, {:,.1f} ms".format(*(each / 1000 for each in tail)), len(rounds))
    return ratio, slowest[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--only", help="such as large.ogg or small.ogg:64")
    options = parser.parse_args()

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 8192)), hard))
    cpus = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cpus[0]})      # the servers inherit it, all their threads
    complaints = []
    with tempfile.TemporaryDirectory() as media, tempfile.TemporaryDirectory() as place:
        for name, size in SIZES.items():
            pathlib.Path(media, name).write_bytes(os.urandom(size))
        with Nginx(media, place) as peer, Ours(media) as ours:
            table(*COLUMNS)
            for work in WORK:
                if options.only and options.only not in (work[0], f"{work[0]}:{work[1]}"):
                    continue
                # Many share what there is: each needs time for several downloads.
                seconds = options.seconds * (2 if work[:2] == SLOWEST else 1)
                ratio, slowest = compare(peer, ours, work, seconds, cpus[-1])
                if ratio > work[3]:
                    complaints.append(f"{work[0]}, {work[1]} at once: {ratio:.2f} times nginx's, {work[3]} at most")
                if work[:2] == SLOWEST and slowest < LEAST_SHARE:
                    complaints.append(f"the slowest of {work[1]} downloads has {slowest:.2f} of the median's bytes")
    return verdict(complaints)


if __name__ == "__main__":
    sys.exit(main())
