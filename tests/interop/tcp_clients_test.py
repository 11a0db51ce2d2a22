#!/usr/bin/python3
"""Plain TCP servers, each connection a pipeline: echo, and a file at its bit rate, with real clients."""

import os
import selectors
import socket
import subprocess
import time
import unittest

import numpy as np

from harness import CLIENT_SECONDS, CLIPS, ClipCase, Daemon, DaemonCase, run, table

BIT_RATE = 400000
JUKEBOX = """
  {id}:
    listen: "tcp://127.0.0.1:0"
    protocol:
      - ReadFileAdaptor: {{ filename: {file}, readmode: bitrate, bitrate: {rate} }}
"""


def jukebox_id(file):
    return "jukebox-" + file.removesuffix(".ogg")


def chance(size, seed=1):
    return np.random.default_rng(seed).bytes(size)


class Echo(DaemonCase):
    config = """
servers:
  echo: { listen: "tcp://127.0.0.1:0", protocol: [ Echo ] }
"""
    clips = []

    def nc(self, data, *options):
        host, port = self.daemon.address("echo")
        with open(os.path.join(self.directory(), "said"), "w+b") as said:
            said.write(data)
            said.seek(0)
            return run(["nc", *options, host, str(port)], stdin=said).stdout

    def test_nc_gets_back_what_it_said_and_the_end_after_its_own(self):
        # -N: nc closes its half when it has said everything; it then ends because the server does.
        self.assertEqual(self.nc(b"hello\n", "-N"), b"hello\n")

    def test_nc_gets_back_a_megabyte(self):
        data = chance(1 << 20)
        self.assertTrue(self.nc(data, "-N") == data, "the bytes differ")

    def test_an_empty_conversation_ends(self):
        self.assertEqual(self.nc(b"", "-N"), b"")

    def test_a_client_that_does_not_read_gets_everything_later(self):
        # More than the buffers on the way can hold: the echo has to wait, neither drop nor grow.
        data = chance(8 << 20)
        with socket.create_connection(self.daemon.address("echo"), CLIENT_SECONDS) as client:
            client.setblocking(False)
            sent, idle = 0, time.monotonic()
            while sent < len(data) and time.monotonic() - idle < 2:
                try:
                    sent += client.send(data[sent:sent + 65536])
                    idle = time.monotonic()
                except BlockingIOError:
                    time.sleep(0.01)
            client.settimeout(CLIENT_SECONDS)
            back = bytearray()
            while len(back) < sent:
                back += client.recv(65536) or self.fail("closed early")
            client.shutdown(socket.SHUT_WR)
            self.assertEqual(client.recv(1), b"")
        self.assertTrue(back == data[:sent], "the bytes differ")


class JukeboxCase(DaemonCase):
    config = "servers:" + "".join(JUKEBOX.format(id=jukebox_id(name), file=name, rate=BIT_RATE)
                                  for name, _, _ in CLIPS)

    def address_of(self, name):
        return self.daemon.address(jukebox_id(name))

    def assert_paced(self, size, took):
        """Not faster than the bit rate; slower only as far as a busy machine explains."""
        due = 8 * size / BIT_RATE
        self.assertGreater(took, 0.8 * due - 0.2)
        self.assertLess(took, 1.5 * due + 4)


def ffmpeg(address, wav):
    run(["ffmpeg", "-v", "error", "-y", "-f", "ogg", "-i", "tcp://%s:%d" % address, wav])


def ogg123(address, wav):
    with subprocess.Popen(["nc", "-d", address[0], str(address[1])], stdout=subprocess.PIPE) as nc:
        try:
            run(["ogg123", "-q", "-d", "wav", "-f", wav, "-"], stdin=nc.stdout)
        finally:
            nc.kill()


@table([("ffmpeg", ffmpeg), ("ogg123", ogg123)], CLIPS)
class Players(JukeboxCase):
    def check(self, player, clip):
        wav = os.path.join(self.directory(), "heard.wav")
        began = time.monotonic()
        player[1](self.address_of(clip[0]), wav)
        took = time.monotonic() - began
        self.assert_heard(self.clip[clip[0]], wav)
        self.assert_paced(len(self.clip[clip[0]].data), took)


class Crowd(JukeboxCase):
    clips = CLIPS[:1]

    def test_200_clients_at_once_each_get_the_file_at_its_rate(self):
        clip = self.clip[self.clips[0][0]]
        byte_rate = BIT_RATE / 8
        began, ended, early = {}, {}, 0
        with selectors.DefaultSelector() as selector:
            for _ in range(200):
                # The clock starts first: what comes can then only be late by it, never early.
                start = time.monotonic()
                client = socket.create_connection(self.address_of(clip.name), CLIENT_SECONDS)
                self.addCleanup(client.close)
                client.setblocking(False)
                began[client] = start
                selector.register(client, selectors.EVENT_READ, bytearray())
            deadline = time.monotonic() + CLIENT_SECONDS
            while selector.get_map():
                self.assertLess(time.monotonic(), deadline, f"{len(selector.get_map())} clients still wait")
                for key, _ in selector.select(1):
                    piece = key.fileobj.recv(65536)
                    now = time.monotonic()
                    key.data.extend(piece)
                    # At most a second ahead at any time: paced all along, not only on the whole.
                    early += len(key.data) > byte_rate * (now - began[key.fileobj] + 1)
                    if not piece:
                        selector.unregister(key.fileobj)
                        ended[key.fileobj] = now
                        self.assertTrue(key.data == clip.data, "the bytes differ")
        self.assertEqual(early, 0, "pieces came more than a second before their time")
        late = [ended[client] - start - 8 * len(clip.data) / BIT_RATE for client, start in began.items()]
        self.assertGreater(min(late), -0.2)
        self.assertLess(np.median(late), 0.5)
        self.assertLess(max(late), 2)


class ChangedPipeline(ClipCase):
    """The same server with another `protocol`: the configuration alone decides what it does."""

    clips = CLIPS[:1]

    def answer(self, protocol, said):
        config = f"servers:\n  one:\n    listen: tcp://127.0.0.1:0\n    protocol: {protocol}\n"
        with Daemon(config, self.media) as daemon, \
                socket.create_connection(daemon.address("one"), CLIENT_SECONDS) as client:
            if said:
                client.sendall(said)
                client.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := client.recv(65536):
                answer += piece
            return answer

    def test_echo(self):
        self.assertEqual(self.answer("[ Echo ]", b"hello"), b"hello")

    def test_pass_through(self):
        self.assertEqual(self.answer("[ PassThrough, PassThrough ]", b"hello"), b"hello")

    def test_a_whole_file(self):
        clip = self.clip[self.clips[0][0]]
        answer = self.answer(f"[ ReadFileAdaptor: {{ filename: {clip.name}, readmode: whole }} ]", b"")
        self.assertTrue(answer == clip.data, "the bytes differ")

    def test_a_file_through_a_second_stage(self):
        clip = self.clip[self.clips[0][0]]
        answer = self.answer(f"[ ReadFileAdaptor: {{ filename: {clip.name}, readmode: whole }}, PassThrough ]", b"")
        self.assertTrue(answer == clip.data, "the bytes differ")


if __name__ == "__main__":
    unittest.main()
