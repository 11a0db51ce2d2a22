#!/usr/bin/python3
"""Whether paced clients are kept waiting by others of the same server.

    paced.py    100 raw TCP clients at 128 kbit/s, alone; beside 64 downloads from 10,000 files by Zipf's law
                (s = 1), each of which comes from the disk; then 1,000 of them, 1,000 downloads of 5 MB, one
                after the other, and 1,000 idle connections together

Fails when a client fails, when paced bytes are late by more than the limits below, or when those who were idle
are not served in the end. The server has one core, its clients the other. KAMAELIAD, HTTP_LOAD and PACED_LOAD
name the binaries.
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
import harness  # noqa: E402: found only now
from connections import Crowd  # noqa: E402
from files import LOAD  # noqa: E402
from rounds import row, table, verdict  # noqa: E402

PACED = os.environ.get("PACED_LOAD", str(pathlib.Path(harness.ROOT, "build/release/tests/bench/paced_load")))
CONFIG = """
workers: 1
servers:
  web:  { listen: "http://127.0.0.1:0" }
  echo: { listen: "tcp://127.0.0.1:0", protocol: [ Echo ] }
  radio:
    listen: "tcp://127.0.0.1:0"
    protocol:
      - ReadFileAdaptor: { filename: large.ogg, readmode: bitrate, bitrate: 128k, loop: yes }
"""
BYTES_PER_SECOND = 16_000
FILES = 10_000
PIECE = 16 * 1024       # a file has one to eight of them: 720 MB in all
SECONDS = 10

# (what, paced clients, downloads, of Zipf's files, idle ones, ms late: 99 % of the messages, all)
WORK = [("alone", 100, 0, False, 0, 50, 500), ("beside a cold Zipf load", 100, 64, True, 0, 50, 500),
        ("all together", 1000, 1000, False, 1000, 500, 2000)]


def write_files(media):
    noise = os.urandom(8 * PIECE)
    pathlib.Path(media, "large.ogg").write_bytes(os.urandom(5_000_000))
    files = pathlib.Path(media, "many")
    files.mkdir()
    for number in range(FILES):
        files.joinpath(str(number)).write_bytes(noise[:PIECE * (1 + number % 8)])
    os.sync()       # what is not on the disk yet cannot be dropped from memory
    return files


def start(command, cpu):
    return subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
                            preexec_fn=lambda: os.sched_setaffinity(0, {cpu}))


def result(process, what, complaints):
    out, _ = process.communicate(timeout=SECONDS + harness.CLIENT_SECONDS)
    if process.returncode != 0:
        complaints.append(f"{what} failed: {out.strip()}")
    return json.loads(out)


def measure(daemon, files, work, cpu, complaints):
    """Prints a row of the table."""
    what, paced, downloads, zipf, _, most_99, most = work
    (_, web), (_, radio) = daemon.address("web"), daemon.address("radio")
    load = None
    if downloads:
        target = ["/media/many/", FILES, files] if zipf else ["/media/large.ogg"]
        load = start([LOAD, web, daemon.process.pid, downloads, SECONDS + 1, *target], cpu)
    heard = result(start([PACED, radio, paced, SECONDS, BYTES_PER_SECOND], cpu), f"{what}: paced clients", complaints)
    loaded = result(load, f"{what}: downloads", complaints) if load else {}
    row(what, f"{paced:,}", f"{downloads:,}", f"{loaded.get('requests_per_s', 0):,.0f}",
        f"{loaded.get('megabytes_per_s', 0):,.0f}",
        *(f"{heard[f'late_{each}_ms']:.1f}" for each in ("p50", "p99", "most", "last")))
    if heard["late_p99_ms"] > most_99:
        complaints.append(f"{what}: one in a hundred messages is {heard['late_p99_ms']:.0f} ms late, {most_99} at most")
    if heard["late_most_ms"] > most:
        complaints.append(f"{what}: a message is {heard['late_most_ms']:.0f} ms late, {most} at most")


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    cpus = sorted(os.sched_getaffinity(0))
    complaints = []
    with tempfile.TemporaryDirectory() as media:
        files = write_files(media)
        os.sched_setaffinity(0, {cpus[0]})      # the server inherits it, all its threads
        with harness.Daemon(CONFIG, media) as daemon:
            os.sched_setaffinity(0, {cpus[-1]})
            table("paced clients", "number", "downloads", "answers a second", "MB/s", "late, ms: p50", "p99", "most",
                  "at the end")
            for work in WORK:
                if idle := work[4]:
                    with Crowd("hold", daemon.address("echo")[1], idle, "echo") as crowd:
                        measure(daemon, files, work, cpus[-1], complaints)
                        crowd.ask_all()
                else:
                    measure(daemon, files, work, cpus[-1], complaints)
    return verdict(complaints)


if __name__ == "__main__":
    sys.exit(main())
