#!/usr/bin/python3
"""A file of two tracks, one after the other (RFC 3533: a chained stream), of the same form and of different ones:
a client hears of it over HTTP what it hears from disk, and that is both tracks where it can play a chain at all."""

import os
import pathlib
import unittest

import numpy as np

import judge
from harness import FULL, DaemonCase, TimedOut, table
from players import PLAYERS, curl, ffmpeg, ffplay, mpv, ogg123, oggdemux, playbin, vlc

CONFIG = """
servers:
  web: { listen: "http://127.0.0.1:0" }
"""

# Of these each plays both tracks of one form. VLC, as it writes a file, and a pipeline of GStreamer's elements stop at
# the joint. GStreamer's playbin plays both from disk, and from any server, nginx too, one or both by chance.
WHOLE = [ogg123, ffmpeg, ffplay, mpv]
CHAINS = [("same", ("a.ogg", "b.ogg"))] + ([("other", ("a.ogg", "c.ogg"))] if FULL else [])
HERE = PLAYERS if FULL else [*WHOLE, vlc]


@table([(player.__name__, player) for player in HERE if player is not curl], CHAINS)
class Chained(DaemonCase):
    config = CONFIG
    clips = [("a.ogg", 44100, 2), ("b.ogg", 44100, 2), ("c.ogg", 22050, 1)]
    clip_seconds = 5

    def check(self, player, chain):
        _, play = player
        name, tracks = chain
        path = pathlib.Path(self.media, name + ".ogg")
        path.write_bytes(b"".join(self.clip[track].data for track in tracks))
        local = self.heard(play, path.as_uri() if play is not ogg123 else str(path))
        served = self.heard(play, self.daemon.url["web"] + "/media/" + path.name)
        self.assertEqual((served.rate, served.samples.shape[1]), (local.rate, local.samples.shape[1]))
        if play is playbin:
            shorter = len(self.clip[tracks[0]].reference.samples)
            self.assertGreaterEqual(len(served.samples), shorter)
        else:
            shorter = min(len(served.samples), len(local.samples))
            self.assertAlmostEqual(served.seconds, local.seconds, delta=0.1)
        same = np.isclose(served.samples[:shorter], local.samples[:shorter], atol=2 / 32768).mean()
        self.assertGreater(same, 0.99, f"{served.seconds:.2f} s served, {local.seconds:.2f} s from disk")
        if name == "same" and play in WHOLE:
            self.assert_both(served)

    def heard(self, play, url):
        directory = self.directory()
        wav = os.path.join(directory, "heard.wav")
        try:
            play(url, wav, directory)
        except AssertionError as error:
            # Where the next track begins this one ends with an error; what it has written until then counts.
            if play is not oggdemux or isinstance(error, TimedOut):
                raise
        return judge.read_wav(wav)

    def assert_both(self, heard):
        first, second = self.clip["a.ogg"], self.clip["b.ogg"]
        joint = len(first.reference.samples)
        for clip, samples in ((first, heard.samples[:joint]), (second, heard.samples[joint:])):
            verdict = judge.judge(clip.reference, judge.Audio(heard.rate, samples), min_seconds=clip.seconds - 1)
            self.assertTrue(verdict.ok, str(verdict))


if __name__ == "__main__":
    unittest.main()
