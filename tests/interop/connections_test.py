#!/usr/bin/python3
"""Connections by the thousand, on every kind of address, and what becomes of those that go wrong."""

import contextlib
import http.client
import json
import os
import re
import resource
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import time
import unittest

from harness import BINARY, CLIENT_SECONDS, ClipCase, Daemon, run, wait_until

SOURCES = ("127.0.0.1", "127.0.0.2")
CROWD = 5000                # more than the kernel's queue of 4,096
BREAK_OFF = 200
with open("/proc/sys/net/core/somaxconn", encoding="ascii") as file:
    SOMAXCONN = int(file.read())


def setUpModule():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def descriptors(daemon):
    return len(os.listdir(f"/proc/{daemon.process.pid}/fd"))


def hears_back(client, text):
    client.settimeout(CLIENT_SECONDS)
    client.sendall(text)
    heard = b""
    while len(heard) < len(text):
        more = client.recv(len(text))
        if not more:
            break
        heard += more
    return heard == text


class Connections(ClipCase):
    clips = []

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(os.path.join(cls.media, "clip"), "wb") as file:
            file.write(b"x" * 1000)

    def daemon(self, listen, protocol="[ Echo ]", prefix=()):
        config = f"servers:\n  one:\n    listen: {listen}\n    protocol: {protocol}\n"
        return Daemon(config, self.media, prefix=prefix)

    def test_each_address_of_a_server_is_served(self):
        path = os.path.join(self.directory(), "echo.socket")
        listen = ["tcp://127.0.0.1:0", "tcp://127.0.0.2:0", f"unix://{path}"]
        if os.path.exists("/proc/net/if_inet6"):            # a container may have none
            listen.append("tcp://[::1]:0")
        else:
            print("this machine has no IPv6: the server listens without", file=sys.stderr)
        count = len(listen)
        with self.daemon(json.dumps(listen)) as daemon:
            urls = re.findall(r"one=(\S+)", next(line for line in daemon.log if "ready:" in line))
            self.assertEqual(len(urls), count, urls)
            for url in urls:
                scheme, _, rest = url.partition("://")
                host, _, port = rest.rstrip("/").rpartition(":")
                nc = ["nc", "-N", "-U", rest] if scheme == "unix" else ["nc", "-N", host.strip("[]"), port]
                said = os.path.join(self.directory(), "said")
                with open(said, "w+b") as file:
                    file.write(b"hello")
                    file.seek(0)
                    self.assertEqual(run(nc, stdin=file).stdout, b"hello", url)
        self.assertFalse(os.path.exists(path))

    def test_more_clients_than_the_kernels_queue_holds_are_all_served(self):
        with self.daemon('"tcp://127.0.0.1:0"') as daemon, contextlib.ExitStack() as opened:
            os.kill(daemon.process.pid, signal.SIGSTOP)     # nobody accepts: the queue fills
            clients = []
            for i in range(CROWD):
                client = opened.enter_context(socket.socket())
                client.bind((SOURCES[i % 2], 0))
                client.setblocking(False)
                client.connect_ex(daemon.address("one"))
                clients.append(client)
            ready = opened.enter_context(selectors.DefaultSelector())
            for client in clients:
                ready.register(client, selectors.EVENT_WRITE)
            self.assertGreaterEqual(len(ready.select(0)), min(4096, SOMAXCONN), "the queue is as long as it may be")
            os.kill(daemon.process.pid, signal.SIGCONT)
            served, end = 0, time.monotonic() + CLIENT_SECONDS
            while served < CROWD and time.monotonic() < end:
                for key, events in ready.select(1):
                    if events & selectors.EVENT_WRITE:
                        self.assertEqual(key.fileobj.send(b"hello"), 5)
                        ready.modify(key.fileobj, selectors.EVENT_READ)
                    else:
                        self.assertEqual(key.fileobj.recv(16), b"hello")
                        ready.unregister(key.fileobj)
                        served += 1
            self.assertEqual(served, CROWD)

    def test_clients_that_break_off_while_they_are_written_to_cost_only_themselves(self):
        with open(os.path.join(self.media, "long"), "wb") as file:
            file.truncate(50 << 20)
        protocol = "[ ReadFileAdaptor: { filename: long, readmode: chunk } ]"
        with self.daemon('"tcp://127.0.0.1:0"', protocol) as daemon:
            with socket.create_connection(daemon.address("one"), CLIENT_SECONDS) as first:
                first.recv(1000)
            self.assertTrue(wait_until(lambda: any("reason=" in line for line in daemon.log)), daemon.log)
            before = descriptors(daemon)                    # with all that a daemon opens to serve its first client
            clients = [socket.create_connection(daemon.address("one"), CLIENT_SECONDS) for _ in range(BREAK_OFF)]
            stays = socket.create_connection(daemon.address("one"), CLIENT_SECONDS)
            for client in clients:
                client.recv(1000)
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                client.close()                              # a reset: there is a lot that was not read
            heard = 0
            while more := stays.recv(1 << 20):
                heard += len(more)
            stays.close()
            self.assertEqual(heard, 50 << 20)
            self.assertTrue(wait_until(lambda: descriptors(daemon) == before), "connections are left over")
            self.assertEqual(daemon.complaints(), [], "that a client has gone is not even worth a warning")
            closed = sum("reason=client_closed error=" in line for line in daemon.log)
            self.assertEqual(closed, 1 + BREAK_OFF)

    def test_the_soft_limit_of_descriptors_is_raised_to_the_hard_one(self):
        with self.daemon('"tcp://127.0.0.1:0"', prefix=["prlimit", "--nofile=64:1024"]) as daemon, \
                contextlib.ExitStack() as opened:
            clients = [opened.enter_context(socket.create_connection(daemon.address("one"), CLIENT_SECONDS))
                       for _ in range(500)]
            self.assertTrue(all(hears_back(client, b"hello") for client in clients))

    def test_without_descriptors_it_says_over_http_that_it_may_work_later(self):
        config = 'servers:\n  web: { listen: "http://127.0.0.1:0" }\n'
        with Daemon(config, self.media, prefix=["prlimit", "--nofile=40:40"]) as daemon, \
                contextlib.ExitStack() as opened:
            first = http.client.HTTPConnection(*daemon.address("web"), timeout=CLIENT_SECONDS)
            opened.callback(first.close)

            def status(path):
                first.request("GET", path)
                answer = first.getresponse()
                answer.read()
                return answer.status

            self.assertEqual(status("/media/clip"), 200)
            others = [opened.enter_context(socket.create_connection(daemon.address("web"), CLIENT_SECONDS))
                      for _ in range(60)]
            self.assertTrue(wait_until(lambda: any("no more connections" in line for line in daemon.log)), daemon.log)
            for path in ("/media/clip", "/media/none", "/", "/media.m3u"):
                self.assertEqual(status(path), 503, path)
            for other in others:
                other.close()
            self.assertTrue(wait_until(lambda: status("/media/clip") == 200))

    def test_without_room_for_all_its_threads_it_ends_and_says_so(self):
        config = os.path.join(self.directory(), "many.yaml")
        with open(config, "w", encoding="utf-8") as file:
            file.write('workers: 256\nservers:\n  one: { listen: "tcp://127.0.0.1:0", protocol: [ Echo ] }\n')
        room = 600 << 20                                    # the stacks alone would have 2 GiB
        ended = subprocess.run(["prlimit", f"--as={room}", BINARY, "run", "--config", config],
                               stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=CLIENT_SECONDS,
                               check=False)
        self.assertEqual(ended.returncode, 71, ended.stderr)
        self.assertIn("kamaeliad: Resource temporarily unavailable", ended.stderr)

    def test_without_descriptors_it_stops_accepting_and_goes_on_when_there_are_some(self):
        with self.daemon('"tcp://127.0.0.1:0"', prefix=["prlimit", "--nofile=64:64"]) as daemon, \
                contextlib.ExitStack() as opened:
            clients = [opened.enter_context(socket.create_connection(daemon.address("one"), CLIENT_SECONDS))
                       for _ in range(100)]
            for client in clients:
                client.sendall(b"hello")
            self.assertTrue(wait_until(lambda: any("no more connections" in line for line in daemon.log)), daemon.log)
            served = []
            while len(served) < 40:                         # the rest of the 64 is the daemon's own, at most
                waiting = [each for each in clients if each not in served]
                answers = select.select(waiting, [], [], CLIENT_SECONDS)[0]
                self.assertTrue(answers, f"only {len(served)} are served")
                self.assertEqual({client.recv(16) for client in answers}, {b"hello"})
                served += answers
            self.assertTrue(all(hears_back(client, b" again") for client in served), "those that are there notice")
            for client in served:
                client.close()
            waiting = [client for client in clients if client not in served]
            for client in waiting:
                client.settimeout(CLIENT_SECONDS)
                self.assertEqual(client.recv(16), b"hello", "those that waited are served then")
            self.assertEqual(len([line for line in daemon.log if "no more connections" in line]), 1, daemon.log)


if __name__ == "__main__":
    unittest.main()
