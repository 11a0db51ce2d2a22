#!/usr/bin/python3
"""What connections that do nothing cost, and clients that never read.

    connections.py         10,000 idle ones of each kind, beside a bare Boost.Asio echo server; then 1,000
                           clients that send and never read, while others are served
    connections.py COUNT   so many idle ones

Fails when one costs 4 KiB of user memory or more, when they cost processor time, when one of them is not
served afterwards, when what they took is not given back, when a look at /metrics or /graph beside them takes
long or makes others wait, or when those who never read are noticed by others.
User memory is what the process has for itself (RssAnon). The clients are a process of their own, from
127.0.0.1 and 127.0.0.2. KAMAELIAD and ECHO_PEER name the binaries.
"""

import itertools
import os
import pathlib
import re
import resource
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
import harness  # noqa: E402: found only now
from echo import Peer  # noqa: E402
from rounds import row, table  # noqa: E402

CONFIG = """
admin: { listen: "http://127.0.0.1:0" }
servers:
  echo: { listen: "tcp://127.0.0.1:0", protocol: [ Echo ] }
  web:  { listen: "http://127.0.0.1:0" }
"""
IDLE = 10_000
MOST_BYTES = 4096
IDLE_SECONDS = 2
MOST_IDLE_CPU = 0.02        # of a core
SCRAPE_MOST_SECONDS = 0.05
AGAIN = 1.1                 # the second crowd takes at most so much of the first one's memory
SILENT = 1000
SILENT_MOST_BYTES = 768 * 1024      # two inboxes of 256 KiB and as many messages of 64 KiB on their way, and the heap's part
OTHERS_MOST_SECONDS = 0.5

REQUEST = {"echo": b"anybody there?", "web": b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"}
ANSWER_ENDS = {"echo": b"there?", "web": b"\r\n\r\n"}


# --- the clients' process ------------------------------------------------------------------------

def ask(client, kind):
    client.sendall(REQUEST[kind])
    heard = b""
    while not heard.endswith(ANSWER_ENDS[kind]):
        more = client.recv(4096)
        if not more:
            sys.exit("a connection was closed")
        heard += more


def hold(port, count, kind):
    """Opens so many, each of which has had an answer; then, for each line of input, asks on all of them."""
    sources = itertools.cycle(("127.0.0.1", "127.0.0.2"))
    clients = []
    for _ in range(count):
        client = socket.create_connection(("127.0.0.1", port), harness.CLIENT_SECONDS, (next(sources), 0))
        ask(client, kind)
        clients.append(client)
    print("ready", flush=True)
    for _ in sys.stdin:
        for client in clients:
            ask(client, kind)
        print("answered", flush=True)


def stuff(port, count):
    """So many clients that send what is taken from them and never read, but in the end a byte."""
    clients = [socket.create_connection(("127.0.0.1", port), harness.CLIENT_SECONDS) for _ in range(count)]
    for client in clients:
        client.setblocking(False)
    piece, quiet = b"x" * 65536, 0
    while quiet < 5:            # nothing was taken from anyone, five times running
        quiet += 1
        for client in clients:
            try:
                while client.send(piece):
                    quiet = 0
            except BlockingIOError:
                pass
        time.sleep(0.1)
    print("ready", flush=True)
    sys.stdin.readline()
    for client in clients:
        if not client.recv(1):
            sys.exit("one who had not read was cut off")
    print("answered", flush=True)


class Crowd:
    """That process: `with Crowd("hold", port, count, kind) as crowd:`."""

    def __init__(self, *command):
        self.command = [sys.executable, __file__, "--as", *map(str, command)]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.expect("ready")
        return self

    def expect(self, word):
        if (line := self.process.stdout.readline().strip()) != word:
            sys.exit(f"the clients said {line!r} and not {word!r}")

    def ask_all(self):
        print(file=self.process.stdin, flush=True)
        self.expect("answered")

    def __exit__(self, kind, error, trace):
        self.process.kill()
        self.process.communicate()


# --- the servers' side ---------------------------------------------------------------------------

def own_bytes(pid):
    return int(re.search(r"RssAnon:\s*(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text())[1]) * 1024


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def wait_until(condition, what):
    end = time.monotonic() + harness.CLIENT_SECONDS
    while not condition():
        if time.monotonic() > end:
            sys.exit(f"waited in vain: {what}")
        time.sleep(0.05)


def looked(daemon, count, complaints):
    """What a look at the admin listener takes; the best of five, for other programs may have the processor."""
    seconds = {}
    lines = len(daemon.log)
    for path in ("/metrics", "/graph"):
        for _ in range(5):
            began = time.monotonic()
            with urllib.request.urlopen(daemon.url["admin"] + path, timeout=harness.CLIENT_SECONDS) as answer:
                answer.read()
            seconds[path] = min(seconds.get(path, 60), time.monotonic() - began)
    if seconds["/metrics"] > SCRAPE_MOST_SECONDS:
        complaints.append(f"/metrics with {count} connections takes {1000 * seconds['/metrics']:.0f} ms, "
                          f"{1000 * SCRAPE_MOST_SECONDS:.0f} at most")
    complaints += [line.strip() for line in daemon.log[lines:] if "kept the others waiting" in line]
    return ", ".join(f"{path} {1000 * took:.1f} ms" for path, took in seconds.items())


def idle(name, pid, port, count, kind, complaints, daemon=None):
    """Prints a row of the table."""
    with Crowd("hold", port, 1, kind):      # what the first of all takes, and keeps, is not the crowd's
        pass
    time.sleep(0.5)
    before, open_before = own_bytes(pid), descriptors(pid)
    with Crowd("hold", port, count, kind) as crowd:
        grown = own_bytes(pid) - before
        began = cpu_seconds(pid)
        time.sleep(IDLE_SECONDS)
        cpu = (cpu_seconds(pid) - began) / IDLE_SECONDS
        began = time.monotonic()
        crowd.ask_all()
        took = time.monotonic() - began
    wait_until(lambda: descriptors(pid) == open_before, "for the connections to be closed")
    with Crowd("hold", port, count, kind):
        again = own_bytes(pid) - before
        looks = looked(daemon, count, complaints) if daemon else ""
    wait_until(lambda: descriptors(pid) == open_before, "for the second crowd to be closed")
    row(name, f"{count:,}", f"{grown / count:,.0f}", f"{again / count:,.0f}", f"{100 * cpu:.1f} %", f"{took:.1f} s", looks)
    if name == "Boost.Asio":
        return
    if grown / count >= MOST_BYTES:
        complaints.append(f"{name}: an idle connection costs {grown / count:.0f} bytes, {MOST_BYTES} at most")
    if cpu > MOST_IDLE_CPU:
        complaints.append(f"{name}: {count} idle connections cost {100 * cpu:.1f} % of a core")
    if again > AGAIN * grown:
        complaints.append(f"{name}: what {count} connections took was not used again")


def silent(daemon, complaints):
    pid, (_, port) = daemon.process.pid, daemon.address("echo")
    with Crowd("hold", daemon.address("web")[1], 1, "web"):
        pass
    time.sleep(0.5)
    before, open_before = own_bytes(pid), descriptors(pid)
    with Crowd("stuff", port, SILENT) as crowd:
        each = (own_bytes(pid) - before) / SILENT
        began = cpu_seconds(pid)
        time.sleep(IDLE_SECONDS)
        cpu = (cpu_seconds(pid) - began) / IDLE_SECONDS
        began = time.monotonic()
        for kind in ("echo", "web"):
            with socket.create_connection(daemon.address(kind), harness.CLIENT_SECONDS) as other:
                ask(other, kind)
        took = time.monotonic() - began
        crowd.ask_all()
    wait_until(lambda: descriptors(pid) == open_before, "for those who never read to be let go")
    print(f"\n{SILENT:,} clients that send and never read: {each / 1024:,.0f} KiB each, {100 * cpu:.1f} % of a core; "
          f"others are served in {1000 * took:.1f} ms")
    if each > SILENT_MOST_BYTES:
        complaints.append(f"one who never reads costs {each:.0f} bytes, {SILENT_MOST_BYTES} at most")
    if cpu > MOST_IDLE_CPU:
        complaints.append(f"{SILENT} who never read cost {100 * cpu:.1f} % of a core")
    if took > OTHERS_MOST_SECONDS:
        complaints.append(f"others wait {took:.2f} s for those who never read")


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if sys.argv[1:2] == ["--as"]:
        what, port, count, *kind = sys.argv[2:]
        {"hold": hold, "stuff": stuff}[what](int(port), int(count), *kind)
        return 0
    count = int(sys.argv[1]) if sys.argv[1:] else IDLE
    complaints = []
    table("idle connections", "number", "bytes each", "again", "processor", "all answered within", "a look at")
    with Peer() as peer:
        idle("Boost.Asio", peer.pid, peer.port, count, "echo", complaints)
    with tempfile.TemporaryDirectory() as media:
        for kind in ("echo", "web"):
            with harness.Daemon(CONFIG, media) as daemon:
                idle(f"kamaeliad, {kind}", daemon.process.pid, daemon.address(kind)[1], count, kind, complaints,
                     daemon)
        with harness.Daemon(CONFIG, media) as daemon:
            silent(daemon, complaints)
    print("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
