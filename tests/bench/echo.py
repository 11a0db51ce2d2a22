#!/usr/bin/python3
"""kamaeliad's Echo beside a bare Boost.Asio echo server: round trips and processor time.

    echo.py            64-byte round trips over 1, 100 and 1000 connections; fails below 0.9 of the peer's
    echo.py --all      also 8 messages in flight, and streaming

Both servers have one core to themselves and take turns in short rounds, so that what else the machine
does hits both; the ratio is the median of the rounds' ratios. What the load finds wrong in an echo
fails too. KAMAELIAD, ECHO_PEER and ECHO_LOAD name the binaries.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
import harness  # noqa: E402: found only now
from rounds import MOST_ROUNDS, ROUNDS, row, settled, table, verdict  # noqa: E402

BUILT = pathlib.Path(harness.ROOT, "build/release/tests/bench")
PEER = os.environ.get("ECHO_PEER", str(BUILT / "echo_asio_server"))
LOAD = os.environ.get("ECHO_LOAD", str(BUILT / "echo_load"))
CONFIG = """
workers: 1
servers:
  echo: { listen: "tcp://127.0.0.1:0", protocol: [ Echo ] }
"""
LEAST_RATIO = 0.9

# (what, connections, bytes a message, messages in flight)
PING_PONG = [("ping-pong", count, 64, 1) for count in (1, 100, 1000)]
OTHERS = [("8 in flight", 100, 64, 8), ("streaming", 8, 65536, 4)]

COLUMNS = ("what", "connections", "peer /s", "ours /s", "ratio", "peer us", "ours us", "ratio",
           "peer p50, p99 us", "ours p50, p99 us", "rounds")


class Peer:
    """The bare server: `with Peer() as peer:`, then peer.port and peer.pid."""

    def __enter__(self):
        self.process = subprocess.Popen([PEER], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.pid, self.port = self.process.pid, int(self.process.stdout.readline())
        return self

    def __exit__(self, kind, error, trace):
        self.process.kill()
        self.process.communicate()


class Ours(harness.Daemon):
    """kamaeliad with one echo server."""

    def __init__(self, media):
        super().__init__(CONFIG, media)

    def __enter__(self):
        super().__enter__()
        self.pid, self.port = self.process.pid, self.address("echo")[1]
        return self


def load(server, work, seconds, cpu):
    """One round against one server."""
    _, connections, size, in_flight = work
    command = [LOAD, *map(str, (server.port, server.pid, connections, size, in_flight, seconds))]
    done = harness.run(command, timeout=seconds + harness.CLIENT_SECONDS,
                       preexec_fn=lambda: os.sched_setaffinity(0, {cpu}))
    return json.loads(done.stdout)


def ratios(rounds, key):
    return [ours[key] / peer[key] for peer, ours in rounds]


def compare(peer, ours, work, seconds, cpu):
    """Prints a row of the table; the median ratio of round trips."""
    rounds = []
    while len(rounds) < ROUNDS or (len(rounds) < MOST_ROUNDS and not settled(ratios(rounds, "round_trips_per_s"))):
        if len(rounds) % 2:                 # neither is always the first
            second, first = (load(server, work, seconds, cpu) for server in (ours, peer))
        else:
            first, second = (load(server, work, seconds, cpu) for server in (peer, ours))
        rounds.append((first, second))

    def medians(key):
        return *(statistics.median(result[key] for result in column) for column in zip(*rounds)), \
            statistics.median(ratios(rounds, key))

    trips, took, middle, tail = map(medians, ("round_trips_per_s", "server_us", "p50_us", "p99_us"))
    row(work[0], work[1], *(f"{value:,.0f}" for value in trips[:2]), f"**{trips[2]:.2f}**",
        *(f"{value:.1f}" for value in took[:2]), f"{took[2]:.2f}",
        *(f"{middle[i]:,.0f}, {tail[i]:,.0f}" for i in range(2)), len(rounds))
    return trips[2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="the other ways to load as well")
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 4096)), hard))
    cpus = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cpus[0]})      # the servers inherit it, all their threads
    with tempfile.TemporaryDirectory() as media, Peer() as peer, Ours(media) as ours:
        table(*COLUMNS)
        compared = {work: compare(peer, ours, work, options.seconds, cpus[-1])
                  for work in PING_PONG + (OTHERS if options.all else [])}
    return verdict([f"{what} with {connections} connections: less than {LEAST_RATIO} of the peer's round trips"
                    for what, connections, *rest in PING_PONG
                    if compared[what, connections, *rest] < LEAST_RATIO])


if __name__ == "__main__":
    sys.exit(main())
