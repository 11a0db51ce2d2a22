#!/usr/bin/python3
"""Real RTSP players over UDP and interleaved: what each of them hears is what was played. They play as fast as it
sounds, so all of them do at once."""

import concurrent.futures
import os
import time
import unittest

import numpy as np

import judge
from harness import FULL, RATES, Clip, DaemonCase, run
from rtsp_players import PLAYERS, TRANSPORTS, ffmpeg, gstreamer, mpv

CONFIG = """
admin: { listen: "http://127.0.0.1:0" }
servers:
  rtsp: { listen: "rtsp://127.0.0.1:0" }
  long:
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { rtp_port: 0, session_timeout: %s, patience: 1m } ]
"""
AT_ONCE = 12
SECONDS = 6

# Of ten minutes: the place in the middle from which a player plays, after a seek.
LONG_SECONDS = 600
LONG = (44100, 2) if FULL else (8000, 1)        # rate, channels
MIDDLE = 300.0

# A pause is longer than twice the time-out, after which a session ends that is silent.
SESSION_TIMEOUT, PAUSE = ("1m", (5, 130)) if FULL else ("3s", (5, 9))

CLIPS = RATES if FULL else [clip for clip in RATES if clip[0] in ("mono8.ogg", "stereo44.ogg")]
QUALITIES = [("low.ogg", 44100, 2, -1), ("high.ogg", 48000, 2, 10)] if FULL else []


def rows(names, players, transports=tuple(TRANSPORTS)):
    return [(name, player, transport) for name in names for player in players for transport in transports]


PLAYS = rows([clip[0] for clip in [*CLIPS, *QUALITIES]], PLAYERS) if FULL else [
    *rows(["stereo44.ogg"], PLAYERS),
    ("mono8.ogg", mpv, "udp"),
    ("mono8.ogg", gstreamer, "tcp"),
]
SEEKS = rows(["long.ogg"], PLAYERS) if FULL else [
    ("long.ogg", ffmpeg, "tcp"), ("long.ogg", mpv, "tcp"), ("long.ogg", gstreamer, "udp")]
CHAINS = rows(["same.ogg", "other.ogg"], PLAYERS) if FULL else [
    ("same.ogg", ffmpeg, "udp"), ("other.ogg", gstreamer, "tcp"), ("other.ogg", mpv, "udp")]
OPUS = rows(["tone.opus"], PLAYERS) if FULL else [("tone.opus", ffmpeg, "udp"), ("tone.opus", gstreamer, "tcp")]
PAUSES = [("pause.ogg", gstreamer, "udp"), ("pause.ogg", gstreamer, "tcp"), ("pause.ogg", mpv, "tcp")]


class OpusClip:
    """As a Clip, and what libopus makes of it."""

    def __init__(self, directory, name, source):
        self.path, self.seconds = os.path.join(directory, name), source.seconds
        wav = self.path + ".wav"
        run(["ffmpeg", "-v", "error", "-y", "-i", source.path, "-c:a", "libopus", "-b:a", "128k", "-ar", "48000", self.path])
        run(["ffmpeg", "-v", "error", "-y", "-c:a", "libopus", "-i", self.path, wav])
        self.reference = judge.read_wav(wav)
        os.remove(wav)


class RtspClients(DaemonCase):
    """Everything begins to play before the first test, which waits for its own."""

    config = CONFIG % SESSION_TIMEOUT
    clips = CLIPS
    clip_seconds = SECONDS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, rate, channels, quality in QUALITIES:
            cls.clip[name] = Clip(cls.media, name, rate, channels, seconds=SECONDS, quality=quality)
        cls.clip["long.ogg"] = Clip(cls.media, "long.ogg", *LONG, seconds=LONG_SECONDS)
        cls.clip["pause.ogg"] = Clip(cls.media, "pause.ogg", 44100, 2, seconds=2 * PAUSE[0], seed=101)
        cls.clip["tone.opus"] = OpusClip(cls.media, "tone.opus", cls.clip["stereo44.ogg"])
        cls.second = Clip(cls.media, "second.ogg", 44100, 2, seconds=SECONDS, seed=100)
        for name, second in (("same.ogg", cls.second), ("other.ogg", cls.clip["mono8.ogg"])):
            with open(os.path.join(cls.media, name), "wb") as file:
                file.write(cls.clip["stereo44.ogg"].data + second.data)
        cls.before = cls.daemon.holdings()
        pool = cls.enterClassContext(concurrent.futures.ThreadPoolExecutor(AT_ONCE))
        cls.took = {}
        cls.playing = {row: pool.submit(cls.play, *row, pause=PAUSE) for row in PAUSES}
        cls.playing |= {row: pool.submit(cls.play, *row) for row in PLAYS + CHAINS + OPUS}
        cls.playing |= {row: pool.submit(cls.play, *row, start=MIDDLE, seconds=SECONDS) for row in SEEKS}

    @classmethod
    def play(cls, name, player, transport, **part):
        """The WAV file of what is heard."""
        wav = os.path.join(cls.directory(), "heard.wav")
        host, port = cls.daemon.address("long" if name in ("mono8.ogg", "pause.ogg") else "rtsp")
        began = time.monotonic()
        player(f"rtsp://{host}:{port}/media/{name}", transport, wav, **part)
        cls.took[name, player, transport] = time.monotonic() - began
        return wav

    def each(self, table, check):
        for row in table:
            name, player, transport = row
            with self.subTest(f"{name} {player.__name__} {transport}"):
                # GStreamer misses the first packet, and now and then what its jitter buffer has in the end.
                check(name, self.playing[row].result(), 0.8 if player is gstreamer else 0.5)

    def assert_same(self, reference, heard, **options):
        verdict = judge.judge(reference, heard, **options)
        self.assertTrue(verdict.ok, str(verdict))
        return verdict

    def test_a_file_is_played_to_its_end(self):
        self.each(PLAYS, lambda name, wav, short: self.assert_heard(self.clip[name], wav, short=short))

    def test_opus_is_played(self):
        self.each(OPUS, lambda name, wav, short: self.assert_heard(self.clip[name], wav, short=short))

    def test_the_middle_of_ten_minutes_is_played(self):
        clip = self.clip["long.ogg"]
        around = int((MIDDLE - 10) * clip.rate)         # to look through all of it would take long
        reference = judge.Audio(clip.rate, clip.reference.samples[around:around + 30 * clip.rate])

        def check(_, wav, short):
            verdict = self.assert_same(reference, judge.read_wav(wav), min_seconds=SECONDS - short)
            self.assertAlmostEqual(verdict.start, 10, delta=0.3, msg=str(verdict))
        self.each(SEEKS, check)

    def test_a_chain_of_equal_headers_goes_on_and_another_ends(self):
        first, second = self.clip["stereo44.ogg"].reference, self.second.reference
        both = judge.Audio(first.rate, np.concatenate((first.samples, second.samples)))

        def check(name, wav, short):
            heard = judge.read_wav(wav)
            if name == "same.ogg":                      # a block or two are heard of what was trimmed at the joint
                self.assert_same(both, heard, min_seconds=2 * SECONDS - short, jumps=1)
            else:
                self.assert_same(first, heard, min_seconds=SECONDS - short)
                self.assertLess(heard.seconds, SECONDS + 0.5)
        self.each(CHAINS, check)

    def test_a_pause_costs_nothing(self):
        """But where mpv, which says nothing of it, takes nothing for longer than the server's patience."""
        clip = self.clip["pause.ogg"]
        for row in PAUSES:
            with self.subTest(f"{row[1].__name__} {row[2]}"):
                wav = self.playing[row].result()
                dropped = row[1] is mpv and FULL
                self.assertGreater(self.took[row], sum(PAUSE), "it has not paused")
                if dropped:
                    heard = judge.read_wav(wav)
                    for part in (heard.samples[:int(PAUSE[0] * heard.rate)], heard.samples[int(-2 * heard.rate):]):
                        self.assert_same(clip.reference, judge.Audio(heard.rate, part), min_seconds=1.9)
                else:
                    # Over TCP GStreamer takes the first packet after a pause, of any server, for a new beginning, and
                    # misses the beginning of that.
                    self.assert_heard(clip, wav, short=0.8, jumps=1 if row[1:] == (gstreamer, "tcp") else 0)

    def test_nothing_is_left_of_them(self):
        concurrent.futures.wait(self.playing.values())
        self.daemon.assert_holds(self.before)
        self.assertEqual(self.daemon.complaints(), [])


if __name__ == "__main__":
    unittest.main()
