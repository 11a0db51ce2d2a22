#!/usr/bin/python3
"""What RTSP clients say that no player here does, replayed: each leaves nothing behind. Seconds stand for minutes: a
session's time-out is two seconds."""

import contextlib
import os
import re
import select
import signal
import subprocess
import time
import unittest

import rtsp_dialogue
from harness import CLIENT_SECONDS, wait_until
from rtsp_case import INTERLEAVED, RtspCase, at_once
from rtsp_dialogue import BYE, Ports, Rtp, receiver_report, rtcp_types, server_ports, ssrc_of, vorbis_packets
from rtsp_players import ffmpeg

CONFIG = """
admin: { listen: "http://127.0.0.1:0" }
servers:
  rtsp:
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { rtp_port: 0, session_timeout: 2s, idle_timeout: 3s, max_lag: 1s } ]
  impatient:
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { rtp_port: 0, patience: 200ms } ]
  fast:                     # the whole of a clip at once
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { rtp_port: 0, lead: 1m } ]
"""
SECONDS = 6
TIMEOUT = 2
ENDED = 2 * TIMEOUT         # a session that is silent for so long


class Replayed:
    """The dialogues of openRTSP (VLC with live555 has the same), of Debian's VLC, of ffmpeg."""

    def open_rtsp(self, client, transport, length):
        """Up to PLAY as live555's client has it: the first CSeq is 2, and the range has an end."""
        url, agent = self.url(), {"User_Agent": "openRTSP (LIVE555 Streaming Media v2026.06.24)"}
        self.assertIn("GET_PARAMETER", client.ask("OPTIONS", url, **agent).headers["public"])
        described = client.ask("DESCRIBE", url, Accept="application/sdp", **agent)
        self.assertEqual(described.headers["content-base"], url + "/")
        set_up = client.set_up(url + "/trackID=0", transport)
        self.assertEqual(set_up.status, 200)
        return set_up, lambda: client.ask("PLAY", url + "/", Range=f"npt=0.000-{length:.3f}", **agent)

    def end_open_rtsp(self, client):
        self.assertEqual(client.ask("TEARDOWN", self.url() + "/").status, 200)

    def now_openrtsp_over_udp(self):
        """Nothing but receiver reports keeps it alive, for more than twice the time-out."""
        with self.dialogue(cseq=2) as client, Ports() as ports:
            set_up, play = self.open_rtsp(client, ports.transport, SECONDS)
            rtp, rtcp = server_ports(set_up)
            for each, to in ((ports.rtp, rtp), (ports.rtcp, rtcp)):
                each.sendto(b"\xce\xfa\xed\xfe", to)        # opens a hole in a NAT
            self.assertEqual(play().headers["range"], f"npt=0-{SECONDS}")
            began, goodbye, payloads = time.monotonic(), False, []
            while not goodbye:
                self.assertLess(time.monotonic(), began + CLIENT_SECONDS, "no goodbye")
                for each in select.select([ports.rtp, ports.rtcp], [], [], 0.5)[0]:
                    data, sender = each.recvfrom(2048)
                    self.assertEqual(sender, rtp if each is ports.rtp else rtcp)
                    if each is ports.rtp:
                        payloads.append(Rtp.parse(data).payload)
                    else:
                        goodbye = BYE in rtcp_types(data)
                ports.rtcp.sendto(receiver_report(4711, ssrc_of(set_up)), rtcp)
            self.assertGreater(time.monotonic() - began, ENDED + 1)
            self.assertEqual(vorbis_packets(payloads), self.packets_at_once()[:len(vorbis_packets(payloads))])
            self.end_open_rtsp(client)

    def now_openrtsp_interleaved(self):
        with self.dialogue(cseq=2) as client:
            set_up, play = self.open_rtsp(client, INTERLEAVED, 4)
            self.assertEqual(play().headers["range"], "npt=0-4")
            report = receiver_report(4711, ssrc_of(set_up))
            for _ in range(3):
                client.say(b"$\x01" + len(report).to_bytes(2, "big") + report)
                self.assertTrue(client.listen(1))
            self.listen_to_goodbye(client)
            self.end_open_rtsp(client)

    def now_debians_vlc_as_a_satip_client(self):
        """Its satip module: SETUP without DESCRIBE, PLAY and TEARDOWN of a URL that there is not, and away."""
        with self.dialogue(cseq=0) as client:
            refused = client.ask("SETUP", self.url(), Transport="RTP/AVP;unicast;client_port=9306-9307")
            self.assertEqual(refused.status, 459)
        with self.dialogue(cseq=0) as client, Ports() as ports:
            self.assertEqual(client.set_up(self.url() + "/trackID=0", ports.transport).status, 200)
            wrong = "rtsp://{}:{}/stream=0".format(*self.daemon.address("rtsp"))
            self.assertEqual(client.ask("PLAY", wrong).status, 404)
            self.assertEqual(client.ask("TEARDOWN", wrong).status, 404)

    def now_debians_vlc_as_a_real_player(self):
        with self.dialogue() as client:
            answer = client.ask("OPTIONS", "rtsp://{}:{}".format(*self.daemon.address("rtsp")),
                                User_Agent="RealMedia Player Version 6.0.9.1235 (linux-2.0-libc6-i386-gcc2.95)",
                                ClientChallenge="9e26d33f2984236010ef6253fb1887f7", CompanyID="KnKV4M4I/B2FjJ1TToLycw==",
                                GUID="00000000-0000-0000-0000-000000000000", PlayerStarttime="[28/03/2003:22:50:23 00:00]")
            self.assertEqual(answer.status, 200)

    def now_a_tunnel_in_http(self):
        """What VLC tries when all else was refused: a clean no, and the connection's end."""
        for request in (b"GET /media/clip.ogg HTTP/1.0\r\nx-sessioncookie: 42\r\nAccept: application/x-rtsp-tunnelled\r\n\r\n",
                        b"POST /media/clip.ogg HTTP/1.0\r\nx-sessioncookie: 42\r\nContent-Length: 32767\r\n\r\nT1BUSU9OUw=="):
            with self.dialogue() as client:
                client.say(request)
                self.assertEqual(client.answer().status, 501)
                self.assertTrue(client.closed())

    def now_ffmpegs_end(self):
        """TEARDOWN, not waiting for the answer, while audio comes: a reset."""
        for transport in (INTERLEAVED, None):
            with self.dialogue() as client, Ports() as ports:
                self.start(client, transport=transport or ports.transport, Range="npt=0.000-")
                time.sleep(0.3)
                client.say(client.request("TEARDOWN", self.url() + "/"))
                client.reset()



class Silent:
    """Clients that are gone without a word."""

    @contextlib.contextmanager
    def player(self, transport):
        """A real one, which plays and will not be let finish."""
        with subprocess.Popen(["ffmpeg", "-v", "error", "-rtsp_transport", transport, "-i", self.url(), "-f", "s16le", "-"],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as playing:
            try:
                self.assertEqual(len(playing.stdout.read(10_000)), 10_000)
                yield playing
            finally:
                playing.kill()

    def now_a_listener_whom_nothing_disturbs(self):
        """Another listener, meanwhile."""
        wav = os.path.join(self.directory(), "heard.wav")
        ffmpeg(self.url(), "udp", wav)
        self.assert_heard(self.clip["clip.ogg"], wav)

    def now_clients_that_are_killed(self):
        """The system closes the connections of the dead, and their sessions end with that."""
        with self.player("udp"), self.player("tcp"):
            pass

    def now_a_client_that_says_nothing(self):
        """The connection stays, the session does not; what is not the client's keeps nothing alive."""
        with self.dialogue() as client, Ports() as ports, rtsp_dialogue.bound("127.0.0.2", 0) as stranger:
            set_up, _ = self.start(client, transport=ports.transport, Range="npt=0.000-")
            began, last = time.monotonic(), None
            while time.monotonic() < began + ENDED + 2:
                stranger.sendto(receiver_report(4711, ssrc_of(set_up)), server_ports(set_up)[1])
                ports.rtp.sendto(b"\x80\xc9\x00\x01\0\0\0\0", server_ports(set_up)[0])      # to the wrong port
                if select.select([ports.rtp], [], [], 0.2)[0]:
                    ports.rtp.recv(2048)
                    last = time.monotonic()
            self.assertAlmostEqual(last - began, ENDED, delta=1)
            self.assertTrue(client.closed())                # it has no session and is idle

    def now_a_client_that_hangs(self):
        """It says nothing, and closes nothing: the server ends its session, and then its connection."""
        with self.player("udp") as client:
            client.send_signal(signal.SIGSTOP)
            self.assertTrue(wait_until(lambda: self.timed_out() >= 3, 20))

    def now_a_client_that_reads_nothing(self):
        """Its connection is life enough for what is interleaved, but not for longer than `max_lag` when it takes nothing:
        it is to get what is on its way, should it take that in the end, and no more."""
        with self.dialogue(room=4096) as client:
            self.start(client, name="large.ogg", Range="npt=0.000-")
            time.sleep(SECONDS)
            peer = "peer=127.0.0.1:{} ".format(client.socket.getsockname()[1])
            self.assertTrue(wait_until(lambda: any(peer in line for line in self.daemon.log)), "it does not wait for more")
            self.assertFalse(client.listen(CLIENT_SECONDS))
            self.assertFalse(any(BYE in rtcp_types(data) for channel, data in client.frames if channel == 1))
        self.assertIn("reason=timeout", next(line for line in self.daemon.log if peer in line))

    def now_a_client_that_reads_half_of_it(self):
        """It hears whole packets that are late by what its connection holds, which is a second of audio and takes two
        here, and not by what it has not read since the beginning."""
        with self.dialogue("impatient", room=2048) as client:
            described = client.ask("DESCRIBE", self.url("impatient"), Accept="application/sdp")
            speed = int(re.search(rb"b=AS:(\d+)", described.body)[1]) * 1000 / 8 / 2
            self.start(client, "impatient", Range="npt=0.000-")
            began, packets, lateness, heard = time.monotonic(), [], 0, 0
            while time.monotonic() < began + 2 * SECONDS:
                time.sleep(0.02)
                due = int((time.monotonic() - began) * speed) - heard
                if due < 1 or not select.select([client.socket], [], [], 0)[0]:
                    continue
                more = client.socket.recv(due)
                heard += len(more)
                client.heard += more
                while (frame := client.parse()) is not None:
                    if frame[0] == 0:
                        packets.append(Rtp.parse(frame[1]))
                        played = (packets[-1].timestamp - packets[0].timestamp) % 2**32 / 44100
                        lateness = max(lateness, time.monotonic() - began - played)
            self.assertLess(lateness, 0.2 + 2 + 1.5)
            self.assertGreater((packets[-1].sequence - packets[0].sequence) % 65536, len(packets), "none was dropped")
            self.assertGreater(played, SECONDS - 1, "it hears the end")
            whole = set(self.packets_at_once())
            self.assertEqual([each for each in vorbis_packets(each.payload for each in packets) if each not in whole], [])

    def timed_out(self):
        """How many connections: those of who says nothing, who hangs and who reads nothing."""
        return sum("reason=timeout" in line for line in self.daemon.log)



class Paused:
    """For longer than a session lives that is silent: nothing is lost and nothing comes twice."""

    def pauses(self, transport, live, hear):
        """`live(client)` shows that it is there; `hear()` gives the RTP packets so far."""
        url = self.url()
        with self.dialogue() as client:
            set_up, _ = self.start(client, transport=transport, Range="npt=0.000-")
            self.assertTrue(client.listen(1))
            self.assertEqual(client.ask("PAUSE", url + "/").status, 200)
            client.listen(0.2)
            before = len(hear(client))
            for _ in range(10):
                self.assertTrue(client.listen(ENDED / 8))
                live(client, set_up)
            self.assertEqual(len(hear(client)), before, "a pause is quiet")
            self.assertEqual(client.ask("PLAY", url + "/").status, 200)
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                self.assertTrue(client.listen(TIMEOUT / 4))
                live(client, set_up)
            packets = [Rtp.parse(data) for data in hear(client)]
            self.assertEqual(vorbis_packets(each.payload for each in packets), self.packets_at_once())
            self.assertEqual({(b.sequence - a.sequence) % 65536 for a, b in zip(packets, packets[1:])}, {1})
            self.assertEqual(client.ask("TEARDOWN", url + "/").status, 200)

    def over_udp(self, live):
        with Ports() as ports:
            data = []

            def hear(_):
                while select.select([ports.rtp], [], [], 0)[0]:
                    data.append(ports.rtp.recv(2048))
                return data
            self.pauses(ports.transport, lambda client, set_up: live(client, set_up, ports), hear)

    def now_a_pause_with_receiver_reports(self):
        self.over_udp(lambda _, set_up, ports: ports.rtcp.sendto(
            receiver_report(4711, ssrc_of(set_up)), server_ports(set_up)[1]))

    def now_a_pause_with_empty_requests(self):
        self.over_udp(lambda client, *_: self.assertEqual(client.ask("GET_PARAMETER", self.url() + "/").status, 200))

    def now_a_pause_without_a_word_interleaved(self):
        self.pauses(INTERLEAVED, lambda *_: None,
                    lambda client: [data for channel, data in client.frames if channel == 0])



class Addresses:
    def now_nothing_is_sent_to_who_has_not_asked(self):
        with contextlib.ExitStack() as opened:
            ports = opened.enter_context(Ports())
            victims = [opened.enter_context(rtsp_dialogue.bound("127.0.0.2", port)) for port in (ports.first, ports.first + 1)]
            client = opened.enter_context(self.dialogue())
            track = self.url() + "/trackID=0"
            for victim in ("destination=127.0.0.2", 'destination="127.0.0.2"', "destination=localhost",
                           "destination=127.0.0.1;destination=127.0.0.2"):
                answer = client.ask("SETUP", track, Transport=f"{ports.transport};{victim}")
                self.assertEqual(answer.status, 461, victim)
            # Of two alternatives the one that is its own.
            set_up = client.set_up(track, f"{ports.transport};destination=127.0.0.2,{ports.transport};destination=127.0.0.1")
            self.assertEqual(set_up.status, 200)
            self.assertNotIn("127.0.0.2", set_up.headers["transport"])
            self.assertEqual(client.ask("PLAY", self.url()).status, 200)
            self.assertEqual(ports.rtp.recvfrom(2048)[1], server_ports(set_up)[0])
            self.assertEqual(select.select(victims, [], [], 0.5)[0], [])

    def now_who_asks_from_another_address_is_sent_it_there(self):
        with Ports("127.0.0.2") as ports, rtsp_dialogue.bound("127.0.0.1", ports.first) as other, \
                self.dialogue(source="127.0.0.2") as client:
            set_up, _ = self.start(client, transport=ports.transport)
            self.assertEqual(ports.rtp.recvfrom(2048)[1], server_ports(set_up)[0])
            self.assertEqual(select.select([other], [], [], 0.5)[0], [])

    def now_a_session_is_its_connections_own(self):
        with self.dialogue() as client, self.dialogue() as thief, Ports() as ports:
            self.start(client, transport=ports.transport)
            for method in ("PLAY", "PAUSE", "GET_PARAMETER", "TEARDOWN"):
                self.assertEqual(thief.ask(method, self.url() + "/", Session=client.session).status, 454, method)
            self.assertEqual(client.ask("TEARDOWN", self.url() + "/").status, 200)


@at_once
class Dialogues(Replayed, Silent, Paused, Addresses, RtspCase):
    config = CONFIG
    clips = [*RtspCase.clips, ("large.ogg", 48000, 2)]
    clip_quality = {"large.ogg": 10}


if __name__ == "__main__":
    unittest.main()
