"""Ogg pages taken apart and put together again (RFC 3533, section 6), right ones and wrong ones."""

import struct
from dataclasses import dataclass, field, replace

CONTINUED, FIRST, LAST = 1, 2, 4


def crc_table():
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        table.append(value & 0xFFFFFFFF)
    return table


CRC = crc_table()


def crc(data):
    value = 0
    for byte in data:
        value = (value << 8 & 0xFFFFFFFF) ^ CRC[value >> 24 ^ byte]
    return value


@dataclass
class Page:
    flags: int
    granule: int
    serial: int
    sequence: int
    lacing: bytes
    body: bytes
    version: int = 0
    checksum: int = field(default=None)                 # the right one, unless given

    def but(self, **changes):
        return replace(self, checksum=None, **changes)

    def write(self):
        head = struct.pack("<4sBBqIIIB", b"OggS", self.version, self.flags, self.granule, self.serial & 0xFFFFFFFF,
                           self.sequence, 0, len(self.lacing)) + self.lacing
        checksum = crc(head + self.body) if self.checksum is None else self.checksum
        return head[:22] + struct.pack("<I", checksum) + head[26:] + self.body


def lacing(*packets):
    """Of whole packets."""
    return b"".join(b"\xff" * (len(each) // 255) + bytes([len(each) % 255]) for each in packets)


def read(data):
    """The pages of a file that is right."""
    pages, at = [], 0
    while at < len(data):
        _, version, flags, granule, serial, sequence, checksum, count = struct.unpack_from("<4sBBqIIIB", data, at)
        table = data[at + 27:at + 27 + count]
        begin = at + 27 + count
        at = begin + sum(table)
        pages.append(Page(flags, granule, serial, sequence, table, data[begin:at], version, checksum))
    return pages


def write(pages):
    return b"".join(page.write() for page in pages)


def packets(pages):
    """Of one stream."""
    done, part = [], b""
    for page in pages:
        at = 0
        for length in page.lacing:
            part += page.body[at:at + length]
            at += length
            if length < 255:
                done.append(part)
                part = b""
    return done
