#!/usr/bin/python3
"""Real RTSP players with a user and a password, against servers whose users files have Digest or Basic alone: they are
let in by the strongest way that there is, and a wrong password hears nothing."""

import base64
import concurrent.futures
import os
import re
import time
import unittest

import judge
from harness import FULL, ClipCase, Daemon, run, wait_until
from relay import Relay, pieces
from rtsp_dialogue import Dialogue

CLIP = ("short.ogg", 8000, 1)
# "secret", as HA1 of MD5 and SHA-256, and as crypt(5).
MD5 = "alice:media:0307e4310caaf2a0e56361d36e750e3c\n"
SHA256 = "alice:media:d2711b5e818f5a9c99cccbebe6ca179fe115c43f00fc60bf7ad5d76fddac32c5\n"
CRYPT = "alice:$y$j75$saltsalt$0gBD67sgmJgRX3RZ6wHHO7sHimQEWGCWN85o4Twogh2\n"
BOB = "bob:media:487315e95eca4f6876608d8c3c940538\n"                 # "geheim"

CONFIG = """
log: {{ level: debug }}
servers:
  digest: {{ listen: "tcp://127.0.0.1:0", protocol: [ RTSPServer: {{ users: "{0}/digest.users", rtp_port: 0 }} ] }}
  basic: {{ listen: "tcp://127.0.0.1:0", protocol: [ RTSPServer: {{ users: "{0}/basic.users", rtp_port: 0 }} ] }}
  fickle: {{ listen: "tcp://127.0.0.1:0", protocol: [ RTSPServer: {{ users: "{0}/fickle.users", rtp_port: 0 }} ] }}
"""


class Wire(Relay):
    """Keeps what clients say."""

    def __init__(self, server):
        super().__init__(server)
        self.heard = b""

    def forward_requests(self, client, server):
        for piece in pieces(client, server):
            with self.lock:
                self.heard += piece


def ffmpeg(url, password, wav):
    run(["ffmpeg", "-v", "error", "-y", "-i", url.replace("//", f"//alice:{password}@"), wav])


def mpv(url, password, wav):
    run(["mpv", "--no-config", "--no-video", "--msg-level=all=warn", "--ao=pcm", f"--ao-pcm-file={wav}",
         "--rtsp-transport=tcp", url.replace("//", f"//alice:{password}@")])


def rtspsrc(url, password, wav):
    run(["gst-launch-1.0", "-q", "rtspsrc", f"location={url}", "user-id=alice", f"user-pw={password}", "!", "decodebin",
         "!", "audioconvert", "!", "audio/x-raw,format=S16LE", "!", "wavenc", "!", "filesink", f"location={wav}"])


PLAYERS = [ffmpeg, mpv, rtspsrc]
SERVERS = ["digest", "basic"]


class Authentication(ClipCase):
    clips = [CLIP]
    clip_seconds = 2

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = work = cls.directory()
        for name, text in (("digest", SHA256 + MD5), ("basic", CRYPT), ("fickle", MD5 + BOB)):
            cls.write_users(name, text)
        cls.daemon = cls.enterClassContext(Daemon(CONFIG.format(work), cls.media))

    @classmethod
    def write_users(cls, name, text):
        path = os.path.join(cls.work, name + ".users")
        with open(path + ".new", "w", encoding="ascii") as file:
            file.write(text)
        os.replace(path + ".new", path)

    def listen(self, player, server, password):
        """What it has heard, or its complaint, and what it said."""
        wav = os.path.join(self.directory(), "heard.wav")
        with Wire(self.daemon.address(server)) as wire:
            host, port = wire.address
            try:
                player(f"rtsp://{host}:{port}/media/{CLIP[0]}", password, wav)
                heard = judge.read_wav(wav)
            except (AssertionError, OSError, EOFError) as refused:
                heard = str(refused)
            return heard, wire.heard.decode("latin-1")

    def all_at_once(self, players, password):
        """[(player, server, what listen() gives)]: they wait for audio most of the time."""
        pairs = [(player, server) for player in players for server in SERVERS]
        with concurrent.futures.ThreadPoolExecutor(len(pairs)) as pool:
            done = [(player, server, pool.submit(self.listen, player, server, password)) for player, server in pairs]
            return [(player, server, future.result()) for player, server, future in done]

    def test_the_right_password_plays(self):
        for player, server, (heard, said) in self.all_at_once(PLAYERS, "secret"):
            with self.subTest(player=player.__name__, server=server):
                self.assertNotIsInstance(heard, str, heard)
                verdict = judge.judge(self.clip[CLIP[0]].reference, heard, min_seconds=1, share=0.9)
                self.assertTrue(verdict.ok, str(verdict))
                schemes = set(re.findall(r"(?im)^authorization: *(\w+)", said))
                self.assertEqual(schemes, {"Digest" if server == "digest" else "Basic"})
        self.assertNobodyIsNamed()

    def test_a_wrong_password_hears_nothing(self):
        players = PLAYERS if FULL else [ffmpeg, mpv]           # rtspsrc tries it eight times
        for player, server, (heard, said) in self.all_at_once(players, "geheim"):
            with self.subTest(player=player.__name__, server=server):
                self.assertIsInstance(heard, str)
                self.assertNotIn("SETUP", said)
        self.assertTrue(any("wrong user or password" in line for line in self.daemon.log))
        self.assertNobodyIsNamed()

    def test_whose_user_is_removed_hears_no_more(self):
        address = self.daemon.address("fickle")
        url = "rtsp://{}:{}/media/{}".format(*address, CLIP[0])
        with Dialogue(address) as alice, Dialogue(address) as bob:
            for client, pair in ((alice, b"alice:secret"), (bob, b"bob:geheim")):
                user = {"Authorization": "Basic " + base64.b64encode(pair).decode()}
                setup = client.ask("SETUP", url + "/trackID=0", Transport="RTP/AVP/TCP;interleaved=0-1", **user)
                client.session = setup.headers["session"].partition(";")[0]
                self.assertEqual(client.ask("PLAY", url, **user).status, 200)
            self.write_users("fickle", BOB)
            before = time.monotonic()
            self.assertTrue(alice.closed())
            self.assertLess(time.monotonic() - before, 5)
            self.assertTrue(bob.listen(0.3))
        self.assertTrue(wait_until(lambda: any("server=fickle" in line and "reason=unauthorized" in line
                                           for line in self.daemon.log)))
        self.assertNobodyIsNamed()

    def assertNobodyIsNamed(self):
        """But for who was let in, where a session of his has ended."""
        for secret in ("secret", "geheim"):
            self.assertNotIn(secret, "".join(self.daemon.log))
        self.assertEqual([line for line in self.daemon.log if "alice" in line and ": session ended " not in line], [])


if __name__ == "__main__":
    unittest.main()
