#!/usr/bin/python3
"""Interleaved RTP to a listener on another continent: a client that takes everything at once loses nothing, however long
its way is. Needs root."""

import concurrent.futures
import os
import unittest

from far_away import HERE, THERE, Way
from harness import ClipCase, Daemon, run
from rtsp_case import INTERLEAVED
from rtsp_dialogue import Dialogue, Rtp

ROUND_TRIP = 0.3
SECONDS = 12
CONFIG = f"""
servers:
  rtsp: {{ listen: "rtsp://{HERE}:8554" }}
  ahead:
    listen: "tcp://{HERE}:8555"
    protocol: [ RTSPServer: {{ lead: 10s }} ]
"""
# Speech has the smallest packets, most of them.
SPEECH, MUSIC = "speech.opus", "music.opus"


class FarAway(ClipCase):
    clips = [("low.ogg", 8000, 1), ("middle.ogg", 44100, 2), ("high.ogg", 48000, 2)]
    clip_seconds = SECONDS
    clip_quality = {"low.ogg": -1, "high.ogg": 9}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, speed in ((SPEECH, "24k"), (MUSIC, "128k")):
            run(["ffmpeg", "-v", "error", "-y", "-i", cls.clip["middle.ogg"].path, "-c:a", "libopus", "-b:a", speed,
                 os.path.join(cls.media, name)])
        cls.way = cls.enterClassContext(Way(ROUND_TRIP))
        cls.daemon = cls.enterClassContext(Daemon(CONFIG, cls.media, prefix=cls.way.here))

    def lost(self, name, port):
        """(packets that never came, seconds that were heard)."""
        self.way.go_there()
        url = f"rtsp://{HERE}:{port}/media/{name}"
        with Dialogue((HERE, port), source=THERE) as client:
            self.assertEqual(client.set_up(url + "/trackID=0", INTERLEAVED).status, 200)
            self.assertEqual(client.ask("PLAY", url + "/").status, 200)
            self.assertTrue(client.listen(SECONDS + 2))
        packets = [Rtp.parse(data) for channel, data in client.frames if channel == 0]
        rate = 48000 if name.endswith("opus") else self.clip[name].rate
        missing = sum((b.sequence - a.sequence) % 65536 - 1 for a, b in zip(packets, packets[1:]))
        return missing, (packets[-1].timestamp - packets[0].timestamp) % 2**32 / rate

    def test_nothing_is_lost(self):
        names = [*self.clip, SPEECH, MUSIC]
        with concurrent.futures.ThreadPoolExecutor(2 * len(names)) as pool:
            asked = {(name, port): pool.submit(self.lost, name, port) for name in names for port in (8554, 8555)}
        for (name, port), future in asked.items():
            with self.subTest(name, port=port):
                missing, seconds = future.result()
                self.assertEqual(missing, 0)
                self.assertGreater(seconds, SECONDS - 0.5)


if __name__ == "__main__":
    unittest.main()
