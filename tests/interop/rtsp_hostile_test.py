#!/usr/bin/python3
"""What broke other servers, said to this one: each gets its status or nothing, costs at most its own connection, and
leaves nothing behind."""

import concurrent.futures
import contextlib
import hashlib
import os
import random
import re
import struct
import time
import unittest

from rtsp_case import INTERLEAVED, RtspCase, at_once
from rtsp_dialogue import BYE, Ports, Rtp, bound, receiver_report, rtcp_types, server_ports, ssrc_of, vorbis_packets

CONFIG = """
admin: { listen: "http://127.0.0.1:0" }
servers:
  rtsp:
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { rtp_port: 0 } ]
  impatient:
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { rtp_port: 0, idle_timeout: 1s } ]
  fast:
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { rtp_port: 0, lead: 1m } ]
  guarded:
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { rtp_port: 0, users: "%s" } ]
"""
HA1 = "0307e4310caaf2a0e56361d36e750e3c"        # MD5 of "alice:media:secret"
ENDS = "ends"               # instead of a status: the server closes the connection
CLIP = "rtsp://127.0.0.1/media/clip.ogg"
TRACK = CLIP + "/trackID=0"


def lines(*each, end=b"\r\n"):
    return end.join([line if isinstance(line, bytes) else line.encode() for line in each] + [b"", b""])


def request(method="OPTIONS", url="*", *fields, body=b""):
    return lines(f"{method} {url} RTSP/1.0", "CSeq: 1", *fields) + body


def describe(url):
    return request("DESCRIBE", url)


def set_up(transport, url=TRACK):
    return request("SETUP", url, "Transport: " + transport)


# What is said on a connection of its own, and the statuses that come; where it does not end it goes on.
WITHOUT_SESSION = [
    ("no line end in 64 kB", b"x" * 65536, 414, ENDS),
    ("CR alone", b"OPTIONS * RTSP/1.0\rCSeq: 1\r\r", 400, ENDS),
    ("LF alone", lines("OPTIONS * RTSP/1.0", "CSeq: 1", end=b"\n"), 200),
    ("NUL in the method", lines(b"OPT\0IONS * RTSP/1.0", "CSeq: 1"), 400, ENDS),
    ("NUL in the URL", lines(b"OPTIONS rtsp://h/a\0b RTSP/1.0", "CSeq: 1"), 400, ENDS),
    ("NUL in the CSeq", lines("OPTIONS * RTSP/1.0", b"CSeq: 1\0"), 400, ENDS),
    ("NUL in a field", request("OPTIONS", "*", "X: a\0b"), 400, ENDS),
    ("binary", bytes(range(256)), 400, ENDS),
    ("10,000 fields", request("OPTIONS", "*", *["X: y"] * 10000), 400, ENDS),
    ("a field of 1 MB", request("OPTIONS", "*", "X: " + "y" * 1_000_000), 400, ENDS),
    ("two CSeq", request("OPTIONS", "*", "CSeq: 2"), 400),
    ("no CSeq", lines("OPTIONS * RTSP/1.0"), 400),
    ("a negative CSeq", lines("OPTIONS * RTSP/1.0", "CSeq: -1"), 400),
    ("a CSeq of 2^64", lines("OPTIONS * RTSP/1.0", "CSeq: 18446744073709551616"), 400),
    ("RTSP/2.0", lines("OPTIONS * RTSP/2.0", "CSeq: 1"), 505),
    ("no method that it knows", request("BREW", CLIP), 501),
    ("ANNOUNCE", request("ANNOUNCE", CLIP), 501),
    ("an option that it does not know", request("OPTIONS", "*", "Require: implicit-play"), 551),
    ("Content-Length -1", request("OPTIONS", "*", "Content-Length: -1"), 400, ENDS),
    ("Content-Length 2^31", request("OPTIONS", "*", "Content-Length: 2147483648"), 413, ENDS),
    ("Content-Length 2^32", request("OPTIONS", "*", "Content-Length: 4294967296"), 413, ENDS),
    ("Content-Length 2^64-1", request("OPTIONS", "*", "Content-Length: 18446744073709551615"), 413, ENDS),
    ("Content-Length 2^64", request("OPTIONS", "*", "Content-Length: 18446744073709551616"), 400, ENDS),
    ("Content-Length with a space", request("OPTIONS", "*", "Content-Length: 10 ", body=b"0123456789"), 200),
    ("two lengths", request("OPTIONS", "*", "Content-Length: 1", "Content-Length: 2", body=b"xx"), 400, ENDS),
    ("a body that does not come", request("OPTIONS", "*", "Content-Length: 60000"), ENDS),
    ("a head that does not end", b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n", ENDS),
    ("nothing", b"", ENDS),
    ("%00", describe("rtsp://h/media/clip%00.ogg"), 400),
    ("..", describe("rtsp://h/media/../media/clip.ogg"), 400),
    ("%2e%2e", describe("rtsp://h/media/%2e%2e/clip.ogg"), 400),
    ("..%2f", describe("rtsp://h/media/..%2fclip.ogg"), 400),
    ("//", describe("rtsp://h/media//clip.ogg"), 400),
    ("a path of 8 kB", describe("rtsp://h/media/" + "x" * 8000), 414),
    ("a user", describe("rtsp://user:pass@h/media/clip.ogg"), 400),
    ("an IPv6 address", describe("rtsp://[::1]:554/media/clip.ogg"), 200),
    ("half an IPv6 address", describe("rtsp://[::1/media/clip.ogg"), 400),
    ("no path", describe("rtsp://h"), 404),
    ("a stream", describe("rtsp://h/clip.ogg"), 404),
    ("no file", describe("rtsp://h/media/none.ogg"), 404),
    ("the media themselves", describe("rtsp://h/media"), 404),
    ("no type that it has", request("DESCRIBE", CLIP, "Accept: text/html"), 406),
    ("PLAY without SETUP", request("PLAY", CLIP), 454),
    ("PLAY of a session that there is not", request("PLAY", CLIP, "Session: 0"), 454),
    ("a track that there is not", set_up(INTERLEAVED, CLIP + "/trackID=1"), 404),
    ("a track's number that is none", set_up(INTERLEAVED, CLIP + "/trackID=99999999999999999999"), 404),
    *[(f"Transport: {transport[:60]}", set_up(transport), 461) for transport in (
        "", ",", ";", "RTP/AVP", "RTP/AVP;unicast", "RTP/AVP;multicast", "RTP/AVP;unicast;multicast;client_port=5000-5001",
        "RTP/AVP;unicast;client_port=0-0", "RTP/AVP;unicast;client_port=65535-65536", "RTP/AVP;unicast;client_port=5-4",
        "RTP/AVP;unicast;client_port=-1", "RTP/AVP;unicast;client_port=99999999999", "RTP/AVP/TCP;interleaved=255-256",
        "RTP/AVP/TCP;interleaved=1-0", "RAW/RAW/UDP;unicast;client_port=5000-5001", "RTP/SAVP;unicast;client_port=5000-5001",
        'RTP/AVP;unicast;client_port=5000-5001;mode="RECORD"', 'RTP/AVP;unicast;client_port="5000',
        "RTP/AVP;unicast;client_port=5000-5001;destination=127.0.0.2", ",".join(["RTP/AVP;multicast"] * 200))],
    ("no Transport", request("SETUP", TRACK), 461),
    ("200 alternatives", set_up(",".join(["RTP/AVP;multicast"] * 200 + [INTERLEAVED])), 200),
    ("500 times SETUP", set_up(INTERLEAVED) * 500, *[200] * 16, *[453] * 484),
    ("1,000 requests at once", request() * 1000, *[200] * 1000),
    ("a tunnel's two halves at once", b"GET / HTTP/1.1\r\nx-sessioncookie: 1\r\n\r\nPOST / HTTP/1.1\r\nx-sessioncookie: 1\r\n\r\n",
     501, ENDS),
    ("a tunnel's POST first", b"POST / HTTP/1.0\r\nx-sessioncookie: 1\r\n\r\n!!!!", 501, ENDS),
    ("1,000 user names", request("OPTIONS", "*", "Authorization: Digest " + "username=a," * 1000), 200),
    ("a quote that does not end", request("OPTIONS", "*", 'Authorization: Digest username="a'), 200),
    ("a frame before SETUP", b"$\0\0\4abcd" + request(), 200),
    ("an empty frame", b"$\0\0\0" + request(), 200),
    ("the longest frame", b"$\7\xff\xff" + bytes(65535) + request(), 200),
    ("a request in a frame", b"$\0\0" + bytes([len(request())]) + request() + request(), 200),
    ("half a frame", b"$\0\xff\xffabc", ENDS),
    ("a response", lines("RTSP/1.0 200 OK", "CSeq: 1") + request(), 200),
]

# What is said in a session that plays, `@` being its identifier.
IN_SESSION = [
    ("SETUP again", request("SETUP", TRACK, "Transport: " + INTERLEAVED, "Session: @"), 455),
    ("two sessions", request("PLAY", CLIP, "Session: @", "Session: 0"), 454),
    ("another file's PLAY", request("PLAY", "rtsp://h/media/other.ogg", "Session: @"), 404),
    ("a place behind the end", request("PLAY", CLIP, "Session: @", "Range: npt=9999-"), 457),
    ("an end before its start", request("PLAY", CLIP, "Session: @", "Range: npt=5-1"), 457),
    ("an end alone", request("PLAY", CLIP, "Session: @", "Range: npt=-5"), 200),
    ("a time below zero", request("PLAY", CLIP, "Session: @", "Range: npt=-5-"), 400),
    ("now", request("PLAY", CLIP, "Session: @", "Range: npt=now-"), 200),
    ("no number", request("PLAY", CLIP, "Session: @", "Range: npt=nan-"), 400),
    ("endless", request("PLAY", CLIP, "Session: @", "Range: npt=inf-"), 400),
    ("far too large", request("PLAY", CLIP, "Session: @", f"Range: npt={'9' * 400}-"), 457),
    ("a clock", request("PLAY", CLIP, "Session: @", "Range: clock=19960213T143205Z-"), 501),
    ("two ranges", request("PLAY", CLIP, "Session: @", "Range: npt=1-", "Range: npt=2-"), 457),
    ("1,000 times PAUSE", request("PAUSE", CLIP, "Session: @") * 1000, *[200] * 1000),
    ("100 times PLAY and PAUSE", (request("PLAY", CLIP, "Session: @") + request("PAUSE", CLIP, "Session: @")) * 100, *[200] * 200),
    ("100 jumps", b"".join(request("PLAY", CLIP, "Session: @", f"Range: npt={i / 20:.3f}-") for i in range(100)), *[200] * 100),
    ("a parameter", request("GET_PARAMETER", CLIP, "Session: @", "Content-Length: 8", body=b"packets\n"), 451),
    ("TEARDOWN and PLAY at once", request("TEARDOWN", CLIP, "Session: @") + request("PLAY", CLIP, "Session: @") * 50,
     200, *[454] * 50),
]


REPORTS = 2_000             # from as many sources


def rtcp(kind, count, body, length=None, version=2, padding=False):
    words = len(body) // 4 if length is None else length
    return struct.pack("!BBH", version << 6 | padding << 5 | count, kind, words) + body


def datagrams(ssrc):
    """Junk for UDP ports; `ssrc` is that of the server's stream."""
    ours = struct.pack("!I", ssrc)
    chance = random.Random(5)
    report = receiver_report(4711, ssrc)
    return [
        b"", b"\x80", b"\xce\xfa\xed\xfe", bytes(200), b"\xff" * 1500, chance.randbytes(65000),
        *[bytes([version << 6]) + report[1:] for version in (0, 1, 3)],
        b"\x8f\x60" + bytes(10),                                # 15 contributing sources in 12 bytes
        b"\x90\x60" + bytes(10) + b"\0\0\xff\xff",              # an extension past the end
        b"\xa0\x60" + bytes(10) + b"\0", b"\xa0\x60" + bytes(10) + b"\xff",
        b"\x80\x60\0\1\0\0\0\0" + ours + bytes(100),            # RTP of our own SSRC
        rtcp(200, 0, ours + bytes(20)),                         # a sender report of our own
        report[:-1], report + report[:7], rtcp(201, 31, bytes(28)), rtcp(201, 1, bytes(28), length=0xFFFF),
        rtcp(201, 1, report[4:], padding=True), report + rtcp(203, 1, ours + b"\xff" + b"too short"),
        report + rtcp(203, 31, ours), rtcp(203, 1, ours), report + rtcp(202, 1, ours + b"\1\xff" + b"abc"),
        report + rtcp(202, 31, b""), report + rtcp(207, 0, bytes(8)), report + rtcp(204, 0, bytes(8)), rtcp(255, 0, b""),
        *[chance.randbytes(chance.randrange(1, 200)) for _ in range(200)],
        *[receiver_report(other, ssrc) for other in range(REPORTS)],
    ]


class Guarded(RtspCase):
    @classmethod
    def setUpClass(cls):
        users = os.path.join(cls.directory(), "users")
        with open(users, "w", encoding="ascii") as file:
            file.write(f"alice:media:{HA1}\n")
        cls.config = CONFIG % users
        super().setUpClass()


def digest(nonce, uri=CLIP, said=CLIP, realm="media", count=1):
    """A right answer for DESCRIBE of `uri`, that names `said`."""
    def md5(text):
        return hashlib.md5(text.encode()).hexdigest()
    response = md5(f"{HA1}:{nonce}:{count:08x}:c:auth:{md5('DESCRIBE:' + uri)}")
    return (f'Digest username="alice", realm="{realm}", nonce="{nonce}", uri="{said}", response="{response}", '
            f'qop=auth, nc={count:08x}, cnonce="c"')


@at_once
class Hostile(Guarded):
    def each(self, table, check):
        """Many at once: some of them wait for a time-out."""
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            results = [(row[0], pool.submit(check, *row)) for row in table]
        self.assertEqual([f"{name}: {result.exception()}" for name, result in results if result.exception()], [])

    def hears(self, client, said, expected):
        with contextlib.suppress(ConnectionError):              # it need not take all of it
            client.say(said)
        heard = []
        for status in expected:
            if status is ENDS:
                self.assertIsNone(client.answer())
                heard.append(ENDS)
            else:
                answer = client.answer()
                heard.append(answer.status if answer else ENDS)
        self.assertEqual(heard, list(expected))
        if ENDS not in expected:
            client.session = None
            self.assertEqual(client.ask("OPTIONS", "*").status, 200, "it goes on")

    def now_what_is_said_without_a_session(self):
        def check(_, said, *expected):
            with self.dialogue("impatient" if expected == (ENDS,) else "rtsp") as client:
                self.hears(client, said, expected)
        self.each(WITHOUT_SESSION, check)

    def now_what_is_said_in_a_session(self):
        def check(_, said, *expected):
            for transport in (INTERLEAVED, None):
                with self.dialogue() as client, Ports() as ports:
                    self.start(client, transport=transport or ports.transport)
                    self.hears(client, said.replace(b"@", client.session.encode()), expected)
        self.each(IN_SESSION, check)

    def now_a_place_that_there_is_not(self):
        """Nobody hears that it was asked for, whether it plays or rests."""
        def refused(client):
            for place in ("npt=-2", "npt=now-2", "npt=4-4", "npt=9999-"):
                self.assertEqual(client.ask("PLAY", CLIP, Range=place).status, 457, place)
                self.assertTrue(client.listen(0.1))

        with self.dialogue() as client:
            self.start(client, Range="npt=3-")
            self.assertTrue(client.listen(0.5))
            refused(client)
            self.assertEqual(client.ask("PAUSE", CLIP).status, 200)
            refused(client)
            self.assertFalse(any(BYE in rtcp_types(data) for channel, data in client.frames if channel == 1))
            self.assertEqual(client.ask("PLAY", CLIP).status, 200)
            self.listen_to_goodbye(client)
            heard = [Rtp.parse(data) for channel, data in client.frames if channel == 0]
        first = heard[0].sequence
        self.assertEqual([packet.sequence for packet in heard], [(first + i) % 65536 for i in range(len(heard))])
        packets = vorbis_packets(packet.payload for packet in heard)
        self.assertEqual(packets, self.packets_at_once()[-len(packets):])

    def now_what_is_said_by_who_may_not(self):
        """A wrong one is answered a second late."""
        def check(_, authorization, status):
            with self.dialogue("guarded") as client:
                refused = client.ask("DESCRIBE", CLIP)
                self.assertEqual(refused.status, 401)
                nonce = re.search('nonce="([^"]+)"', refused.headers["www-authenticate"])[1]
                for answer in authorization(nonce):
                    last = client.ask("DESCRIBE", CLIP, Authorization=answer)
                self.assertEqual(last.status, status)
                self.assertEqual(client.ask("OPTIONS", "*").status, 200)
        self.each([
            ("right", lambda nonce: [digest(nonce), digest(nonce, count=2)], 200),
            ("the same again", lambda nonce: [digest(nonce)] * 2, 401),
            ("a nonce of its own", lambda _: [digest("0" * 32)], 401),
            ("another's uri", lambda nonce: [digest(nonce, uri="rtsp://127.0.0.1/media/other.ogg", said="rtsp://127.0.0.1/media/other.ogg")], 400),
            ("another realm", lambda nonce: [digest(nonce, realm="")], 401),
            ("a quote that does not end", lambda nonce: [digest(nonce) + '"'], 400),
            ("1,000 user names", lambda _: ["Digest " + "username=a," * 1000], 400),
            ("no name", lambda _: ["Digest"], 400),
            ("another scheme", lambda _: ["Bearer x"], 401),
            ("no base64", lambda _: ["Basic !!!!"], 400),
            ("no colon", lambda _: ["Basic YWxpY2U="], 400),
            ("Basic, for which there is no hash", lambda _: ["Basic YWxpY2U6Z2VoZWlt"], 401),
        ], check)

    def now_a_request_in_single_bytes(self):
        with self.dialogue() as client:
            for byte in request():
                client.say(bytes([byte]))
                time.sleep(0.001)
            self.assertEqual(client.answer().status, 200)

    def now_connections_that_end_anyhow(self):
        for server, transport in (("rtsp", INTERLEAVED), ("fast", INTERLEAVED), ("rtsp", None)):
            for end in ("close", "reset", "half", "unread"):
                with self.dialogue(server) as client, Ports() as ports:
                    self.start(client, server, transport or ports.transport)
                    if end == "reset":
                        client.reset()
                    elif end == "half":                         # it has said everything; that ends it
                        client.socket.shutdown(1)
                        self.assertTrue(client.closed())
                    elif end == "unread":
                        time.sleep(1)
                        client.say(request() * 10)
                        client.reset()

    def now_junk_on_the_ports_of_udp(self):
        with self.dialogue() as client, Ports() as ports, bound("127.0.0.1", 0) as stranger:
            answer, _ = self.start(client, transport=ports.transport, Range="npt=0-")
            junk = datagrams(ssrc_of(answer))[::-1]
            heard, goodbye = [], False
            ports.rtp.setblocking(False)
            ports.rtcp.setblocking(False)
            end = time.monotonic() + 30
            while not goodbye and time.monotonic() < end:
                for each in [junk.pop() for _ in range(min(100, len(junk)))]:
                    for sender in (ports.rtcp, stranger):
                        for to in server_ports(answer):
                            sender.sendto(each, to)
                time.sleep(0.01)
                with contextlib.suppress(BlockingIOError):
                    while True:
                        heard.append(Rtp.parse(ports.rtp.recv(2048)).payload)
                with contextlib.suppress(BlockingIOError):
                    while True:
                        goodbye = BYE in rtcp_types(ports.rtcp.recv(2048)) or goodbye
                ports.rtcp.sendto(receiver_report(4711, ssrc_of(answer)), server_ports(answer)[1])
            self.assertTrue(goodbye)
            self.assertLess(len(junk), REPORTS, "of reports alone some may be left")
            self.assertEqual(vorbis_packets(heard), self.packets_at_once(), "none of it did anything")


if __name__ == "__main__":
    unittest.main()
