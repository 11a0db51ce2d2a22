#!/usr/bin/python3
"""RTSP where several workers serve it, each with UDP ports of its own, and over IPv6."""

import concurrent.futures
import contextlib
import os
import re
import time
import unittest

from harness import CLIENT_SECONDS, DaemonCase, wait_until
from rtsp_dialogue import BYE, Dialogue, Ports, Rtp, receiver_report, rtcp_types, server_ports, ssrc_of, vorbis_packets
from rtsp_players import PLAYERS, TRANSPORTS, gstreamer

LISTENERS = 24
CONFIG = """
workers: 2
admin: { listen: "http://127.0.0.1:0" }
servers:
  rtsp:
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { lead: 1m } ]
  six: { listen: "rtsp://[::1]:0" }
"""


class Workers(DaemonCase):
    config = CONFIG
    clips = [("clip.ogg", 44100, 2)]
    clip_seconds = 4

    def heard(self, connections):
        """(the ports of the server, all Vorbis packets that came from there)."""
        url = "rtsp://{}:{}/media/clip.ogg".format(*self.daemon.address("rtsp"))
        client, ports = map(connections.enter_context, (Dialogue(self.daemon.address("rtsp")), Ports()))
        set_up = client.set_up(url + "/trackID=0", ports.transport)
        self.assertEqual(set_up.status, 200)
        rtp, rtcp = server_ports(set_up)
        self.assertEqual(client.ask("PLAY", url + "/").status, 200)
        ports.rtcp.sendto(receiver_report(4711, ssrc_of(set_up)), rtcp)
        end = time.monotonic() + CLIENT_SECONDS
        while True:                                 # the goodbye comes behind all packets
            self.assertLess(time.monotonic(), end, "no goodbye")
            data, sender = ports.rtcp.recvfrom(2048)
            self.assertEqual(sender, rtcp)
            if BYE in rtcp_types(data):
                break
        payloads = []
        ports.rtp.setblocking(False)
        while True:
            try:
                data, sender = ports.rtp.recvfrom(2048)
            except BlockingIOError:
                return (rtp[1], rtcp[1]), vorbis_packets(payloads)
            self.assertEqual(sender, rtp)
            payloads.append(Rtp.parse(data).payload)

    def test_each_worker_has_ports_of_its_own(self):
        # A report that comes together with the end of its connection may come too late to be counted.
        with contextlib.ExitStack() as connections:
            with concurrent.futures.ThreadPoolExecutor(LISTENERS) as pool:
                heard = list(pool.map(lambda _: self.heard(connections), range(LISTENERS)))
            self.assertTrue(wait_until(
                lambda: self.daemon.metrics()["kamaelia_rtp_receiver_reports_total"] == LISTENERS))
        pairs = {pair for pair, _ in heard}
        self.assertGreaterEqual(len(pairs), 2)
        told = {tuple(map(int, found)) for line in self.daemon.log
                for found in re.findall(r"UDP ports are open.* address=127\.0\.0\.1 rtp=(\d+) rtcp=(\d+)", line)}
        self.assertLessEqual(pairs, told)
        for _, packets in heard:
            self.assertGreater(len(packets), 100)
            self.assertEqual(packets, heard[0][1])

    def test_players_hear_it_over_ipv6(self):
        rows = [(player, transport) for player in PLAYERS for transport in TRANSPORTS]
        with concurrent.futures.ThreadPoolExecutor(len(rows)) as pool:
            playing = [pool.submit(self.six, *row) for row in rows]
        for (player, transport), played in zip(rows, playing):
            with self.subTest(f"{player.__name__} {transport}"):
                self.assert_heard(self.clip["clip.ogg"], played.result(), short=0.8 if player is gstreamer else 0.5)

    def six(self, player, transport):
        wav = os.path.join(self.directory(), "heard.wav")
        player("rtsp://[{}]:{}/media/clip.ogg".format(*self.daemon.address("six")), transport, wav)
        return wav


if __name__ == "__main__":
    unittest.main()
