#!/usr/bin/python3
"""Files on demand over RTSP and RTP, beside Debian's gst-rtsp-server: what a session costs, and how punctual it is.

    rtsp.py    100, 1,000 and 4,000 sessions over UDP, and 300 and 1,000 interleaved, each from its own place in a
               file of 10 minutes; then 10,000 sessions in turn and 2,000 at once, twice
    rtsp.py --only udp:1000, or turn, or shared

Then what a packet of one stream costs for each of 1,000 who hear the same, which no server is needed for yet, and for
comparison what sendmmsg() costs by itself on this machine at this time ("bare").

Fails when a session needs more processor time or memory than the limits below, when packets are late or early by
more than they allow, when one is lost, when the first interleaved one keeps its player waiting, or when ended
sessions leave something behind. The servers have one core, the load the other; each row of each round has a
server of its own, and the rows take turns. KAMAELIAD and RTSP_LOAD name the binaries.

A packet's time is what the kernel says of its arrival. It is late by what it comes later than the earliest one of
its session, each beside its RTP timestamp; it is early by what it comes before the answer to PLAY and its timestamp
allow; of interleaved ones that is no more than a hint, for the kernel joins what comes together, and says when the
last of it came. Memory is what the process has for itself (Anonymous of smaps_rollup), and only what it has grown by.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import statistics
import sys
import tempfile
import time
import urllib.request

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
import harness  # noqa: E402: found only now
from connections import descriptors, own_bytes, wait_until  # noqa: E402
from gst_rtsp_peer import GstRtsp  # noqa: E402
from rounds import row, table, verdict  # noqa: E402

LOAD = os.environ.get("RTSP_LOAD", str(pathlib.Path(harness.ROOT, "build/release/tests/bench/rtsp_load")))
CONFIG = """
workers: 1
log: { level: warning }
admin: { listen: "http://127.0.0.1:0" }
servers:
  rtsp: { listen: "rtsp://127.0.0.1:0" }
"""
SENDER = os.environ.get("RTP_SENDER", str(pathlib.Path(harness.ROOT, "build/release/tests/bench/rtp_sender")))
LENGTH = 600            # seconds of the file
RATE = 44100
QUALITY = 4.5           # of oggenc: 120 kbit/s of that audio
ROUNDS = 3

MOST_US = 100           # a second and session
MOST_KIB = 64           # a session
MANY = 1000             # from so many on, these hold: what the server needs by itself is shared among them
MOST_LATE_MS = 3        # 99 % of the packets, of MANY sessions
MOST_EARLY_MS = 2
MOST_FIRST_MS = 5       # 99 % of the interleaved sessions
VALUES_SECONDS = 2      # /metrics counts components once a second
AGAIN = 1.1             # the second crowd takes at most so much of the first one's memory

MOST_SHARED_US = {"udp": 4, "tcp": 12}      # a packet and receiver
BARE_US = 2.5           # a datagram of sendmmsg() alone, where the limits over UDP come from

OURS, OWN, SHARED = "kamaeliad", "gst", "gst, shared"
TARGETS = {OURS: "/media/long.ogg", OWN: "/own", SHARED: "/shared"}
# (server, carrier, sessions)
WORK = [(OWN, "udp", 100), (OURS, "udp", 100), (OWN, "udp", 300), (SHARED, "udp", 300), (OURS, "udp", 1000),
        (OURS, "udp", 4000), (OWN, "tcp", 300), (OURS, "tcp", 300), (OURS, "tcp", 1000)]

COLUMNS = ("server", "carrier", "sessions", "us a second and session", "us a packet", "of a core", "KiB a session",
           "late, ms: p50", "p99", "most", "early, ms", "first packet, ms: p50", "p99", "SETUP to PLAY, ms: p50",
           "p99", "lost", "failed")


def write_file(media):
    """10 minutes of audio of which a minute is like the next: it is encoded alike, and made in a sixth of the time."""
    path = pathlib.Path(media, "long.ogg")
    pcm = pathlib.Path(media, "long.wav")
    harness.write_wav(str(pcm), np.tile(harness.distinctive(60, RATE, 2), (LENGTH // 60, 1)), RATE)
    harness.run(["oggenc", "-Q", "-q", str(QUALITY), "-o", str(path), str(pcm)])
    pcm.unlink()
    return path


class Ours(harness.Daemon):
    def __init__(self, media, cpu):
        super().__init__(CONFIG, media, prefix=["taskset", "--cpu-list", str(cpu)])

    def __enter__(self):
        super().__enter__()
        self.pid, self.port = self.process.pid, self.address("rtsp")[1]
        return self

    def components(self):
        """How many there are when nobody is connected but who asks; nothing while somebody is."""
        with urllib.request.urlopen(self.url["admin"] + "/metrics", timeout=harness.CLIENT_SECONDS) as answer:
            metrics = dict(re.findall(r"^(kamaelia_\S+) (\S+)$", answer.read().decode(), re.MULTILINE))
        connected = [float(metrics[f'kamaelia_connections{{server="{name}"}}']) for name in ("rtsp", "admin")]
        return float(metrics["kamaelia_axon_components"]) if connected == [0, 1] else None


def load(server, what, cpu, *how):
    """One run of rtsp_load: `how` is its mode, carrier, sessions, and seconds or how many at once."""
    mode, *rest = how
    command = [LOAD, mode, server.port, server.pid, *rest, TARGETS[what], LENGTH]
    done = harness.run(list(map(str, command)), timeout=2 * harness.CLIENT_SECONDS,
                       preexec_fn=lambda: os.sched_setaffinity(0, {cpu}))
    return json.loads(done.stdout)


def measure(work, file, seconds, cpus):
    """Nothing where the peer has not survived it: gst-rtsp-server aborts at times while many join a shared medium."""
    what, carrier, sessions = work
    server = Ours(file.parent, cpus[0]) if what == OURS else GstRtsp(file, cpus[0])
    with server:
        load(server, what, cpus[-1], "turn", carrier, 16, 4)     # what the first of all take, and keep
        try:
            return load(server, what, cpus[-1], "hold", carrier, sessions, seconds)
        except AssertionError:
            if what == OURS or server.process.poll() is None:
                raise
            return None


def judge(work, rounds, slowness, complaints):
    """Prints a row of the table."""
    what, carrier, sessions = work
    rounds = list(filter(None, rounds))
    if not rounds:
        row(what, carrier, f"{sessions:,}", "aborts")
        return
    result = {key: statistics.median(each[key] for each in rounds) for key in rounds[0]}
    lost, failed, strays, disordered = (sum(each[key] for each in rounds)
                                        for key in ("lost", "failed", "strays", "disordered"))
    failed += sum(each["silent"] + (each["unannounced"] if what == OURS else 0) for each in rounds)
    row(what, carrier, f"{sessions:,}", f"**{result['us_per_player_second']:.0f}**", f"{result['us_per_packet']:.1f}",
        f"{result['server_share']:.2f}", f"{result['memory_kib']:.0f}",
        *(f"{result[key]:.2f}" for key in ("late_ms_50", "late_ms_99", "late_ms_100", "early_ms", "first_ms_50",
                                           "first_ms_99", "set_up_ms_50", "set_up_ms_99")), lost, failed)
    if what != OURS:
        return

    def limit(key, most, what_it_is):
        if result[key] > most:
            complaints.append(f"{sessions} over {carrier}: {what_it_is}: {result[key]:.1f}, {most:.0f} at most")

    if carrier == "tcp":
        limit("first_ms_99", MOST_FIRST_MS, "ms to the first packet, of 99 %")
    else:
        limit("early_ms", MOST_EARLY_MS, "ms that a packet is early")
    if carrier == "udp" and sessions >= MANY:
        limit("us_per_player_second", MOST_US * slowness, "us a second and session")
        if MOST_US < result["us_per_player_second"] <= MOST_US * slowness:
            print(f"(more than {MOST_US} us, and allowed only because of what sendmmsg() costs here)")
        limit("memory_kib", MOST_KIB, "KiB a session")
    if (carrier, sessions) == ("udp", MANY):
        limit("late_ms_99", MOST_LATE_MS, "ms late, 99 % of the packets")
    for count, said in ((lost, "lost"), (strays, "of other streams"), (disordered, "out of order")):
        if count:
            complaints.append(f"{sessions} over {carrier}: {count} packets {said}")
    if failed:
        complaints.append(f"{sessions} over {carrier}: {failed} sessions failed")


def come_and_go(media, cpus, complaints):
    """Nothing is left of sessions that have ended, in whichever way."""
    with Ours(media, cpus[0]) as daemon:
        load(daemon, OURS, cpus[-1], "turn", "udp", 100, 16)
        time.sleep(VALUES_SECONDS)
        components, open_before = daemon.components(), descriptors(daemon.pid)

        def run(*how):
            result = load(daemon, OURS, cpus[-1], *how)
            if result["failed"]:
                complaints.append(f"{result['failed']} sessions failed of those that come and go")
            time.sleep(VALUES_SECONDS)
            wait_until(lambda: daemon.components() == components, f"for nothing to be left after {how}")
            wait_until(lambda: descriptors(daemon.pid) <= open_before, f"for descriptors to be closed after {how}")
            return result

        before = own_bytes(daemon.pid)
        run("hold", "udp", 2000, 1)
        first = own_bytes(daemon.pid) - before
        for carrier in ("udp", "tcp"):
            result = run("turn", carrier, 10_000, 32)
            print(f"\n10,000 sessions in turn, {carrier}, 32 at once: {result['us_per_player']:.0f} us each from the "
                  f"connection to its end, {10_000 / result['seconds']:,.0f} a second")
        run("hold", "udp", 2000, 1)
        again = own_bytes(daemon.pid) - before
    mib = 1024 * 1024
    print(f"\nWhat 2,000 sessions leave to be used again: {first / mib:.1f} MiB; after 20,000 in turn and 2,000 more: "
          f"{again / mib:.1f} MiB")
    if again > AGAIN * max(first, mib):
        complaints.append("ended sessions leave memory behind that is not used again")


def shared_packet(carrier):
    """What a packet costs that 1,000 hear; `bare` is sendmmsg() alone."""
    return json.loads(harness.run([SENDER, carrier, str(MANY), "4"], timeout=harness.CLIENT_SECONDS).stdout)


def judge_shared(results, slowness, complaints):
    print()
    table("one stream, 1,000 receivers", "us a packet and receiver", "limit", "here and now")
    for carrier, limit in MOST_SHARED_US.items():
        cost = statistics.median(each["us_per_packet"] for each in results[carrier])
        most = limit * slowness if carrier == "udp" else limit
        row(carrier, f"**{cost:.2f}**", limit, f"{most:.1f}")
        if limit < cost <= most:
            print(f"(more than {limit} us, and allowed only because of what sendmmsg() costs here)")
        if cost > most:
            complaints.append(f"one stream over {carrier}: {cost:.1f} us a packet and receiver, {most:.1f} at most")
        if any(each["lost"] for each in results[carrier]):
            complaints.append(f"one stream over {carrier}: packets did not come")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", help="such as udp:1000 of kamaeliad alone, turn for those that come and go, "
                                       "shared for one stream")
    options = parser.parse_args()

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    cpus = sorted(os.sched_getaffinity(0))
    work = [each for each in WORK
            if not options.only or (each[0] == OURS and options.only == f"{each[1]}:{each[2]}")]
    complaints = []
    with tempfile.TemporaryDirectory() as media:
        file = write_file(media)
        results = {each: [] for each in work}
        bare = []
        for _ in range(options.rounds):
            bare.append(shared_packet("bare")["us_per_packet"])
            for each in work:
                results[each].append(measure(each, file, options.seconds, cpus))
        slowness = max(1, statistics.median(bare) / BARE_US)
        print(f"sendmmsg() alone: {statistics.median(bare):.1f} us a datagram; the limits of processor time over UDP are "
              f"{slowness:.1f} times what they are where it is {BARE_US}\n")
        if work:
            table(*COLUMNS)
        for each in work:
            judge(each, results[each], slowness, complaints)
        if options.only in (None, "turn"):
            come_and_go(media, cpus, complaints)
    if options.only in (None, "shared"):
        results = {carrier: [shared_packet(carrier) for _ in range(options.rounds)] for carrier in MOST_SHARED_US}
        judge_shared(results, slowness, complaints)
    return verdict(complaints)


if __name__ == "__main__":
    sys.exit(main())
