#!/usr/bin/python3
"""scripts/run as a newcomer meets it: what it prints plays, echoes and streams, and it stops when asked.

It runs in a network of its own, where the ports of config/demo.yaml are free whatever this machine does.
"""

import os
import re
import select
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import types
import unittest

import judge
from harness import CLIENT_SECONDS, ROOT, SANITIZER, STOP_SECONDS, ClipCase, run, table
from players import ffmpeg, ogg123, vlc

BUILD_SECONDS = 600         # scripts/run builds first if it has to
DEMO_SECONDS = 60
INSIDE = "KAMAELIA_OWN_NETWORK"


def enter_own_network():
    if INSIDE in os.environ:
        return
    # VLC must not be root, so a user stays who they are; root needs no namespace for that.
    as_user = [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"]
    os.environ[INSIDE] = "yes"
    os.execvp("unshare", ["unshare", "--net", *as_user, "sh", "-c", 'ip link set lo up && exec "$@"', "sh",
                          os.path.abspath(__file__), *sys.argv[1:]])


class RunScript:
    """A run of the script. `lines` is what it printed, by its first word; ends by SIGTERM, with 0."""

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen([os.path.join(ROOT, "scripts/run")], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=self.log, start_new_session=True)
        self.lines = {}
        deadline = time.monotonic() + BUILD_SECONDS
        printed = b""
        while b"\n  end " not in printed:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0, deadline - time.monotonic()))
            piece = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            if not piece:
                os.killpg(self.process.pid, signal.SIGKILL)
                raise AssertionError(f"it printed {printed!r} and then nothing more:\n{self.finish()}")
            printed += piece
        self.lines = dict(re.findall(r"^  (\S+) +(.*)$", printed.decode(), re.M))
        return self

    def __exit__(self, kind, error, trace):
        self.process.terminate()
        try:
            code = self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            code = "only by force"
        log = self.finish()
        if code != 0 or "stopping:" not in log or SANITIZER.search(log):
            raise AssertionError(f"SIGTERM ended it with {code}:\n{log}") from error

    def finish(self):
        self.process.wait()
        self.process.stdout.read()      # until the script's own part has ended too
        self.process.stdout.close()
        self.log.seek(0)
        log = self.log.read().decode(errors="replace")
        self.log.close()
        return log

    def command(self, word):
        """The one that is printed for this word, up to a pipe."""
        return shlex.split(self.lines[word].partition("|")[0])


@table([("ogg123", ogg123), ("ffmpeg", ffmpeg), ("vlc", vlc)], [("player",)])
class Newcomer(ClipCase):
    clips = []

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.script = cls.enterClassContext(RunScript())
        path, decoded = os.path.join(ROOT, "build/media/demo.ogg"), os.path.join(cls.media, "decoded.wav")
        run(["oggdec", "-Q", "-o", decoded, path])
        reference = judge.read_wav(decoded)
        cls.demo = types.SimpleNamespace(path=path, reference=reference, seconds=reference.seconds)

    def check(self, player, word):
        """The address that is printed for players, in one of them."""
        url = re.match(r"http://\S+", self.script.lines[word[0]])[0]
        directory = self.directory()
        wav = os.path.join(directory, "heard.wav")
        player[1](url, wav, directory)
        verdict = self.assert_heard(self.demo, wav)
        self.assertGreater(verdict.judged, DEMO_SECONDS - 5, str(verdict))

    def test_the_address_for_browsers_lists_the_music(self):
        page = run(["curl", "-sS", "--fail", self.script.lines["browser"]]).stdout
        self.assertIn(b"/media/demo.ogg", page)
        self.assertIn(b"/media/jingle.ogg", page)

    def test_the_address_for_rtsp_plays(self):
        url = re.match(r"rtsp://\S+", self.script.lines["rtsp"])[0]
        wav = os.path.join(self.directory(), "heard.wav")
        run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", url, "-t", "4", wav], timeout=CLIENT_SECONDS)
        self.assert_heard(self.demo, wav, seconds=3)

    def test_the_echo(self):
        program, *address = self.script.command("echo")
        with tempfile.TemporaryFile() as said:
            said.write(b"hello\n")
            said.seek(0)
            self.assertEqual(run([program, "-N", *address], stdin=said).stdout, b"hello\n")

    def test_the_jukebox_starts_at_its_rate(self):
        with open(os.path.join(ROOT, "config/demo.yaml"), encoding="utf-8") as sample:
            byte_rate = int(re.search(r"^[^#]*bitrate: (\d+)k", sample.read(), re.M)[1]) * 1000 / 8
        heard, early = b"", 0
        began = time.monotonic()
        with subprocess.Popen(self.script.command("jukebox"), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE) as nc:
            while time.monotonic() - began < 5:
                piece = os.read(nc.stdout.fileno(), 65536)
                self.assertTrue(piece, "the jukebox ended")
                heard += piece
                # Half a second ahead at most, at any time.
                early += len(heard) > byte_rate * (time.monotonic() - began + 0.5)
            nc.kill()
        self.assertEqual(early, 0, "pieces came before their time")
        self.assertGreater(len(heard), 0.6 * 5 * byte_rate)
        with open(self.demo.path, "rb") as file:
            self.assertTrue(heard == file.read(len(heard)), "the bytes differ")
        wav = os.path.join(self.directory(), "heard.wav")
        with tempfile.TemporaryFile() as stream:
            stream.write(heard)
            stream.seek(0)
            run(["ogg123", "-q", "-d", "wav", "-f", wav, "-"], stdin=stream, timeout=CLIENT_SECONDS)
        self.assert_heard(self.demo, wav, seconds=4)


if __name__ == "__main__":
    enter_own_network()
    unittest.main()
