#!/usr/bin/python3
"""Real HTTP clients go to a place in the middle of a file: the right second is heard, and what a client skips it
does not fetch. Each is judged against itself at the same file on disk: what it cannot do there is not ours."""

import os
import pathlib
import unittest

import judge
from harness import FULL, RATES, DaemonCase, run, table
from players import ffmpeg, ffplay, mpv, playbin, vlc
from relay import Relay

CONFIG = """
servers:
  web: { listen: "http://127.0.0.1:0" }
"""

# So long that a client has not got the whole of it before it seeks.
LONG = ("long.ogg", 48000, 2)
SHORT = [clip for clip in RATES if FULL or clip[0] == "mono22.ogg"]

# These do not begin at the place itself: ffplay does with its page, VLC with a page or two that it guesses from the
# bit rate. Each is as wrong about the file on disk, within so many seconds.
LOOSE = {vlc: 2.5, ffplay: 0.1}


def named(players):
    return [(player.__name__, player) for player in players]


class SeekCase(DaemonCase):
    config = CONFIG
    clips = SHORT
    clip_seconds = 15
    clip_quality = {LONG[0]: 10}

    def seek(self, player, url, start, expected):
        """What the judge says of what `player` plays from `start` on."""
        directory = self.directory()
        wav = os.path.join(directory, "heard.wav")
        player(url, wav, directory, start=start)
        return judge.judge(expected.reference, judge.read_wav(wav), min_seconds=1, share=0.75 if player is vlc else 0.97)

    def check(self, player, clip):
        name, play = player
        clip = self.clip[clip[0]]
        start = (0.3 if play is vlc else 0.6) * clip.seconds        # VLC may go twice as far, past the end
        with Relay(self.daemon.address("web")) as relay:
            host, port = relay.address
            verdict = self.seek(play, f"http://{host}:{port}/media/{clip.name}", start, clip)
        self.assertTrue(verdict.ok, str(verdict))
        if play in LOOSE:
            local = self.seek(play, pathlib.Path(clip.path).as_uri(), start, clip)
            self.assertAlmostEqual(verdict.start, local.start, delta=LOOSE[play], msg=f"{verdict}; from disk {local}")
            self.assertGreater(verdict.start, 0.5 * start, str(verdict))
        else:
            self.assertAlmostEqual(verdict.start, start, delta=0.3, msg=str(verdict))
            self.assertGreater(verdict.heard, clip.seconds - start - 0.5)
        if clip.name == LONG[0] and play is not vlc:
            last = relay.ranges[-1] / len(clip.data)
            self.assertTrue(0.4 < last < 0.75, f"{name} played from {last:.0%} of the file, after {relay.ranges}")


@table(named([ffplay, mpv, vlc] if not FULL else [ffmpeg, ffplay, mpv, vlc]), SHORT)
class Seeks(SeekCase):
    pass


@table(named([ffmpeg, playbin] if not FULL else [ffmpeg, ffplay, mpv, playbin, vlc]), [LONG])
class SeeksFar(SeekCase):
    clips = [LONG]


class Ogg123(SeekCase):
    clips = SHORT[:1]

    def test_says_that_it_cannot_seek_in_a_url(self):
        done = run(["ogg123", "-q", "-k", "5", "-d", "null", self.daemon.url["web"] + "/media/" + self.clips[0][0]],
                   check=False)
        self.assertIn("Could not skip", done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
