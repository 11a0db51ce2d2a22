#!/usr/bin/python3
"""Thousands of connections that come, play, break off and go: afterwards the server is as it was.

    tests/soak/soak.py [SECONDS]

KAMAELIAD names the daemon's binary. Needs the interop tests' harness beside it.
"""

import concurrent.futures
import http.client
import os
import pathlib
import random
import socket
import sys
import tempfile
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "interop"))
import harness  # noqa: E402: found only now
from rtsp_dialogue import Dialogue, Ports  # noqa: E402

CLIENTS = 16
CONFIG = """
admin: { listen: "http://127.0.0.1:0" }
servers:
  web:  { listen: "http://127.0.0.1:0" }
  echo: { listen: "tcp://127.0.0.1:0", protocol: [ Echo ] }
  rtsp: { listen: "rtsp://127.0.0.1:0" }
"""
SIZE = 2_000_000
GROWTH_KIB = 4096


def whole(daemon, data, _chance):
    """The whole file over HTTP."""
    web = urllib.parse.urlsplit(daemon.url["web"])
    connection = http.client.HTTPConnection(web.hostname, web.port, timeout=60)
    connection.request("GET", "/media/soak.ogg")
    assert connection.getresponse().read() == data, "the file came otherwise"
    connection.close()


def seek(daemon, data, chance):
    """Parts of it over one connection."""
    web = urllib.parse.urlsplit(daemon.url["web"])
    connection = http.client.HTTPConnection(web.hostname, web.port, timeout=60)
    for _ in range(10):
        first = chance.randrange(SIZE)
        last = min(SIZE - 1, first + chance.randrange(20_000))
        connection.request("GET", "/media/soak.ogg", headers={"Range": f"bytes={first}-{last}"})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 206 and body == data[first:last + 1], f"{answer.status} for {first}-{last}"
    connection.close()


def break_off(daemon, _data, chance):
    """Asks for the file and leaves in the middle of it, with a reset as often as not."""
    web = urllib.parse.urlsplit(daemon.url["web"])
    with socket.create_connection((web.hostname, web.port), timeout=60) as client:
        if chance.random() < 0.5:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.sendall(b"GET /media/soak.ogg HTTP/1.1\r\nHost: soak\r\n\r\n"[:chance.randrange(10, 60)])
        client.settimeout(0.05)
        try:
            client.recv(chance.randrange(1, 100_000))
        except TimeoutError:
            pass


def echo(daemon, data, chance):
    """Says something and half-closes: everything comes back."""
    said = data[:chance.randrange(50_000)]
    with socket.create_connection(daemon.address("echo"), timeout=60) as client:
        client.sendall(said)
        client.shutdown(socket.SHUT_WR)
        heard = b""
        while part := client.recv(65536):
            heard += part
    assert heard == said, f"{len(said)} bytes came back as {len(heard)}"


def play(daemon, _data, chance):
    """RTSP over UDP or interleaved: goes here and there, pauses, and ends properly, or not at all, as often as not."""
    url = "rtsp://{}:{}/media/clip.ogg".format(*daemon.address("rtsp"))
    with Dialogue(daemon.address("rtsp")) as client, Ports() as ports:
        assert client.ask("DESCRIBE", url).status == 200
        transport = ports.transport if chance.random() < 0.5 else "RTP/AVP/TCP;unicast;interleaved=0-1"
        assert client.set_up(url + "/trackID=0", transport).status == 200
        for _ in range(chance.randrange(6)):
            method = chance.choice(("PLAY", "PLAY", "PAUSE", "GET_PARAMETER"))
            place = {"Range": f"npt={chance.uniform(0, 5.5):.3f}-"} if method == "PLAY" and chance.random() < 0.7 else {}
            assert client.ask(method, url, **place).status == 200, (method, place)
            assert client.listen(chance.uniform(0, 0.1))
        if chance.random() < 0.3:
            client.reset()
        elif chance.random() < 0.6:
            assert client.ask("TEARDOWN", url).status == 200


def visit_until(end, seed, daemon, data):
    chance = random.Random(seed)
    visits = 0
    while time.monotonic() < end:
        chance.choice((whole, seek, seek, break_off, echo, play, play))(daemon, data, chance)
        visits += 1
    return visits


def visits(daemon, data, seconds, seed):
    end = time.monotonic() + seconds
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(lambda client: visit_until(end, seed + client, daemon, data), range(CLIENTS)))


def size_of(daemon):
    """(open files, KiB of memory of its own, components), once it has noticed that everybody has left."""
    time.sleep(3)
    components = daemon.metrics()["kamaelia_axon_components"]
    time.sleep(1)
    process = pathlib.Path(f"/proc/{daemon.process.pid}")
    status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
    return len(os.listdir(process / "fd")), int(status["RssAnon"].split()[0]), components


def main():
    seconds = float(sys.argv[1]) if sys.argv[1:] else 300
    data = random.Random(1).randbytes(SIZE)
    with tempfile.TemporaryDirectory() as media:
        pathlib.Path(media, "soak.ogg").write_bytes(data)
        harness.Clip(media, "clip.ogg", 44100, 2, seconds=6)
        with harness.Daemon(CONFIG, media) as daemon:
            warm = visits(daemon, data, seconds / 5, 1)
            files, memory, components = size_of(daemon)
            count = visits(daemon, data, seconds * 4 / 5, 1000)
            files_after, memory_after, components_after = size_of(daemon)
    print(f"{warm + count} visits; files {files} -> {files_after}, memory {memory} -> {memory_after} KiB, "
          f"components {components:.0f} -> {components_after:.0f}")
    assert count > seconds, "hardly anybody was served"
    assert files_after == files, "it keeps descriptors"
    assert components_after == components, "it keeps components"
    assert memory_after <= memory + GROWTH_KIB, "it grows"


if __name__ == "__main__":
    main()
