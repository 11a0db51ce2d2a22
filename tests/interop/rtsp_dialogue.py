"""RTSP by hand, over sockets that hide nothing: for what no player can be made to say."""

import contextlib
import re
import select
import socket
import struct
import time
from dataclasses import dataclass, field

from harness import CLIENT_SECONDS


@dataclass
class Answer:
    status: int
    headers: dict = field(default_factory=dict)         # by name in lower case
    body: bytes = b""


@dataclass
class Rtp:
    """An RTP packet; of what is in it, Vorbis counts (RFC 5215)."""
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes

    @classmethod
    def parse(cls, data):
        _, kind, sequence, timestamp, ssrc = struct.unpack_from("!BBHII", data)
        return cls(kind & 0x7F, sequence, timestamp, ssrc, data[12:])


def rtcp_types(packet):
    """The packet types of a compound."""
    types = []
    while len(packet) >= 4:
        types.append(packet[1])
        packet = packet[4 * (1 + int.from_bytes(packet[2:4], "big")):]
    return types


SENDER_REPORT, RECEIVER_REPORT, SDES, BYE = 200, 201, 202, 203


def receiver_report(ssrc, about):
    """Of `ssrc`, on the stream `about`, of which nothing was lost."""
    return struct.pack("!BBHI", 0x81, RECEIVER_REPORT, 7, ssrc) + struct.pack("!IIIIII", about, 0, 0, 0, 0, 0)


class Dialogue:
    """One connection: `with Dialogue(address) as client: client.ask("OPTIONS", "*")`. The first CSeq is `cseq`; what
    comes interleaved between the answers is kept in `frames`, as (channel, data). `source` is its own address; for `room`
    bytes that it has not read its system has room."""

    def __init__(self, address, cseq=1, source="127.0.0.1", room=None):
        self.socket = socket.socket()
        if room:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.socket.settimeout(CLIENT_SECONDS)
        self.socket.bind((source, 0))
        self.socket.connect(address)
        self.cseq = cseq
        self.heard = b""
        self.frames = []
        self.session = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def say(self, data):
        self.socket.sendall(data)

    def request(self, method, url, body=b"", **headers):
        """Its bytes. Of the headers' names `_` is `-`; the Session goes along when there is one."""
        lines = [f"{method} {url} RTSP/1.0", f"CSeq: {self.cseq}"]
        self.cseq += 1
        if self.session and "Session" not in headers:
            headers["Session"] = self.session
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join([*lines, "", ""]).encode() + body

    def ask(self, method, url, body=b"", **headers):
        asked = self.cseq
        self.say(self.request(method, url, body, **headers))
        answer = self.answer()
        assert answer.headers.get("cseq") == str(asked), answer
        return answer

    def set_up(self, url, transport):
        """SETUP, after which the session goes along with all that is asked."""
        answer = self.ask("SETUP", url, Transport=transport)
        if answer.status == 200:
            self.session = answer.headers["session"].partition(";")[0]
        return answer

    def answer(self):
        """The next one; None when the server has closed the connection instead."""
        while True:
            message = self.message()
            if not isinstance(message, tuple):
                return message
            self.frames.append(message)

    def message(self):
        """An Answer or (channel, data); None at the end of the connection."""
        while (message := self.parse()) is None:
            try:
                more = self.socket.recv(65536)
            except ConnectionResetError:
                return None
            if not more:
                return None
            self.heard += more
        return message

    def parse(self):
        if self.heard[:1] == b"$":
            if len(self.heard) < 4:
                return None
            channel, length = struct.unpack("!xBH", self.heard[:4])
            if len(self.heard) < 4 + length:
                return None
            data, self.heard = self.heard[4:4 + length], self.heard[4 + length:]
            return channel, data
        head, end, rest = self.heard.partition(b"\r\n\r\n")
        if not end:
            return None
        status, *lines = head.decode().split("\r\n")
        assert re.match(r"(RTSP/1\.0|HTTP/1\.[01]) \d{3} ", status), head
        headers = {}
        for name, _, value in (line.partition(":") for line in lines):
            before = headers.get(name.lower())
            headers[name.lower()] = value.strip() if before is None else f"{before}, {value.strip()}"
        length = int(headers.get("content-length", 0))
        if len(rest) < length:
            return None
        self.heard = rest[length:]
        return Answer(int(status.split()[1]), headers, rest[:length])

    def listen(self, seconds):
        """Keeps what comes interleaved in so many seconds; False when the connection has ended."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            while (message := self.parse()) is not None:
                self.frames.append(message)
            if select.select([self.socket], [], [], left)[0]:
                more = self.socket.recv(65536)
                if not more:
                    return False
                self.heard += more
        return True

    def closed(self):
        """The server closes the connection; what comes before does not count."""
        with contextlib.suppress(ConnectionResetError):
            while self.socket.recv(65536):
                pass
        return True

    def reset(self):
        """Closes it as one who does not care what is still to come."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


class Ports:
    """A pair of UDP ports of a client, the first of them even: `rtp` and `rtcp` are its sockets."""

    def __init__(self, host="127.0.0.1"):
        while True:
            self.rtp = bound(host, 0)
            port = self.rtp.getsockname()[1]
            if port % 2 == 0:
                with contextlib.suppress(OSError):
                    self.rtcp = bound(host, port + 1)
                    break
            self.rtp.close()
        self.first = port
        self.transport = f"RTP/AVP;unicast;client_port={port}-{port + 1}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.rtp.close()
        self.rtcp.close()


def bound(host, port):
    each = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    each.settimeout(CLIENT_SECONDS)
    try:
        each.bind((host, port))
    except OSError:
        each.close()
        raise
    return each


def server_ports(answer, host="127.0.0.1"):
    """Those of the answer to a SETUP: the addresses of RTP and RTCP."""
    first, last = re.search(r"server_port=(\d+)-(\d+)", answer.headers["transport"]).groups()
    return (host, int(first)), (host, int(last))


def ssrc_of(answer):
    return int(re.search(r"ssrc=([0-9A-Fa-f]{8})", answer.headers["transport"])[1], 16)


def vorbis_packets(payloads):
    """What RTP payloads carry (RFC 5215): the Vorbis packets, fragments put together."""
    packets, parts = [], b""
    for payload in payloads:
        fragment, count = payload[3] >> 6, payload[3] & 0x0F
        at = 4
        for _ in range(count or 1):
            length = int.from_bytes(payload[at:at + 2], "big")
            data, at = payload[at + 2:at + 2 + length], at + 2 + length
            parts = data if fragment in (0, 1) else parts + data
            if fragment in (0, 3):
                packets.append(parts)
    return packets
