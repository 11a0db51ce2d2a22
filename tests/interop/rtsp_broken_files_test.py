#!/usr/bin/python3
"""Files that broke other servers, played by this one: each is refused, or played as far as it goes, and the next client
is served as ever."""

import os
import random
import shutil
import struct
import unittest

import ogg_pages
from harness import Clip, run
from ogg_pages import CONTINUED, FIRST, LAST, Page, lacing
from rtsp_case import INTERLEAVED, RtspCase, at_once
from rtsp_dialogue import BYE, Rtp, rtcp_types, vorbis_packets

CONFIG = """
admin: { listen: "http://127.0.0.1:0" }
servers:
  rtsp: { listen: "rtsp://127.0.0.1:0" }
  fast:
    listen: "tcp://127.0.0.1:0"
    protocol: [ RTSPServer: { rtp_port: 0, lead: 1m } ]
"""


def variants(data):
    """(name, the file); `data` is one that is right, of three pages of headers at most."""
    pages = ogg_pages.read(data)
    first, body = pages[0], [page for page in pages if page.granule > 0]
    identification, comment, setup = ogg_pages.packets(pages)[:3]
    headers = pages[:len(pages) - len(body)]
    middle = len(pages) // 2
    one = pages[middle]

    def instead(*new):
        return ogg_pages.write([*pages[:middle], *new, *pages[middle + 1:]])

    def all_bodies(**changes):
        return ogg_pages.write(headers + [page.but(**changes) for page in body])

    def with_headers(*three):
        """Other headers."""
        rest = b"".join(three[1:])
        table = lacing(*three[1:])
        serial = first.serial
        new = [Page(FIRST, 0, serial, 0, lacing(three[0]), three[0])]
        parts, at = [table[i:i + 255] for i in range(0, len(table), 255)], 0
        for sequence, part in enumerate(parts, 1):
            flags = CONTINUED if sequence > 1 and parts[sequence - 2][-1] == 255 else 0
            new.append(Page(flags, 0, serial, sequence, part, rest[at:at + sum(part)]))
            at += sum(part)
        return ogg_pages.write([*new, *[page.but(sequence=len(new) + i) for i, page in enumerate(body)]])

    def patched(packet, at, value):
        return packet[:at] + value + packet[at + len(value):]

    chance = random.Random(3)
    link = ogg_pages.write([first.but(flags=FIRST | LAST)])
    yield "empty", b""
    yield "text", b"no Ogg at all\n" * 1000
    yield "noise", chance.randbytes(100_000)
    yield "bad_crc", instead(Page(one.flags, one.granule, one.serial, one.sequence, one.lacing, one.body, 0, 1))
    yield "right_crc_over_wrong_data", instead(one.but(body=chance.randbytes(len(one.body))))
    yield "version_1", instead(one.but(version=1))
    yield "255_segments_of_255", instead(one.but(lacing=b"\xff" * 255, body=bytes(255 * 255)))
    yield "no_segments", instead(one.but(lacing=b"", body=b""))
    yield "past_the_end", ogg_pages.write(pages[:-1]) + pages[-1].write()[:-100]
    yield "head_cut", data[:20]
    yield "cut_in_the_setup", data[:len(data) // 10]
    yield "continued_without_a_start", instead(one.but(flags=CONTINUED))
    yield "start_without_a_continuation", instead(one.but(lacing=one.lacing[:-1] + b"\xff", body=one.body + bytes(255)))
    yield "endless_packet", ogg_pages.write(headers + [Page(CONTINUED if i else 0, -1, first.serial, 9 + i, b"\xff" * 255,
                                                            bytes(65025)) for i in range(40)])
    yield "first_in_the_middle", instead(one.but(flags=FIRST))
    yield "first_twice", ogg_pages.write([first, *pages])
    yield "last_then_data", instead(one.but(flags=LAST))
    yield "never_a_granule", all_bodies(granule=-1)
    yield "negative_granules", all_bodies(granule=-2)
    yield "highest_granules", all_bodies(granule=2 ** 63 - 1)
    yield "one_highest_granule", instead(one.but(granule=2 ** 63 - 1))
    yield "lowest_granules", all_bodies(granule=-2 ** 63)
    yield "decreasing_granules", ogg_pages.write(headers + [page.but(granule=other.granule)
                                                            for page, other in zip(body, reversed(body))])
    yield "sequence_gaps", ogg_pages.write([page.but(sequence=page.sequence * 7) for page in pages])
    yield "pages_missing", ogg_pages.write(headers + body[::2])
    yield "10000_streams", ogg_pages.write([first.but(serial=i) for i in range(10_000)]) + data
    yield "chain_of_10000_links", link * 10_000
    yield "chain_after", data + link * 100
    yield "rate_0", with_headers(patched(identification, 12, bytes(4)), comment, setup)
    yield "rate_highest", with_headers(patched(identification, 12, b"\xff" * 4), comment, setup)
    yield "no_channels", with_headers(patched(identification, 11, b"\0"), comment, setup)
    yield "255_channels", with_headers(patched(identification, 11, b"\xff"), comment, setup)
    yield "block_sizes_swapped", with_headers(patched(identification, 28, b"\x8b"), comment, setup)
    yield "block_sizes_0", with_headers(patched(identification, 28, b"\0"), comment, setup)
    yield "no_framing_bit", with_headers(patched(identification, 29, b"\0"), comment, setup)
    yield "endless_vendor", with_headers(identification, patched(comment, 7, b"\xff" * 4), setup)
    yield "endless_comments", with_headers(identification, b"\3vorbis" + bytes(4) + b"\xff" * 4 + b"\1", setup)
    yield "no_setup", with_headers(identification, comment, b"")
    for length in (1, 7, 8, 100, len(setup) // 2, len(setup) - 2, len(setup) - 1):
        yield f"setup_of_{length}", with_headers(identification, comment, setup[:length])
    yield "setup_of_noise", with_headers(identification, comment, b"\5vorbis" + chance.randbytes(4000))
    yield "setup_of_64_kb", with_headers(identification, comment, setup + bytes(61_000))
    yield "no_audio", ogg_pages.write(headers)
    yield "empty_packets", ogg_pages.write(headers + [page.but(lacing=bytes(255), body=b"") for page in body])
    opus = b"OpusHead\1\2" + struct.pack("<HIh", 312, 48000, 0) + b"\0"
    tags = b"OpusTags" + bytes(8)
    for name, head in (("opus", opus), ("opus_16", patched(opus, 8, b"\x10")), ("opus_without_channels", patched(opus, 9, b"\0")),
                       ("opus_of_9_channels", patched(opus, 9, b"\x09")[:18] + b"\1"),
                       ("opus_preskip", patched(opus, 10, b"\xff\xff")), ("opus_short", opus[:12])):
        for toc, packet in (("0_frames", b"\x03\x00"), ("49_frames", b"\x03\x31"), ("nothing", b""), ("one", b"\xfc" + bytes(50))):
            yield f"{name}_{toc}", ogg_pages.write([
                Page(FIRST, 0, 5, 0, lacing(head), head), Page(0, 0, 5, 1, lacing(tags), tags),
                *[Page(0, 960 * 10 * i, 5, 1 + i, lacing(*[packet] * 10), packet * 10) for i in range(1, 5)],
                Page(LAST, 48000, 5, 6, lacing(packet), packet)])
    for name, head in (("theora", b"\x80theora\3\2\1" + bytes(40)), ("skeleton", b"fishead\0" + bytes(56)),
                       ("flac", b"\x7fFLAC\1\0\0\1fLaC" + bytes(10)), ("unknown", b"BBCD\0" + bytes(8))):
        yield f"beside_{name}", ogg_pages.write([Page(FIRST, 0, 77, 0, lacing(head), head)]) + data
        yield f"only_{name}", ogg_pages.write([Page(FIRST, 0, 77, 0, lacing(head), head),
                                               Page(LAST, 100, 77, 1, lacing(head), head)])


# These are played, most of them without what is broken.
PLAYED = {
    "bad_crc", "right_crc_over_wrong_data", "version_1", "255_segments_of_255", "no_segments", "past_the_end",
    "continued_without_a_start", "start_without_a_continuation", "first_in_the_middle", "first_twice", "last_then_data",
    "one_highest_granule", "pages_missing", "chain_after", "rate_highest", "255_channels", "endless_vendor", "endless_comments",
    "setup_of_64_kb", "opus_one", "opus_preskip_one", "beside_theora", "beside_skeleton", "beside_flac", "beside_unknown",
}


@at_once
class BrokenFiles(RtspCase):
    config = CONFIG

    def played(self, name, **headers):
        """The status that refuses it, or how many packets there are until the goodbye."""
        url = self.url("fast", name)
        with self.dialogue("fast") as client:
            for ask in (lambda: client.ask("DESCRIBE", url), lambda: client.set_up(url + "/trackID=0", INTERLEAVED),
                        lambda: client.ask("PLAY", url + "/", **headers)):
                if (status := ask().status) != 200:
                    return status
            self.listen_to_goodbye(client)
            return "played" if any(channel == 0 for channel, _ in client.frames) else "silence"

    def now_each_is_refused_or_played_as_far_as_it_goes(self):
        source = Clip(self.directory(), "source.ogg", 44100, 2, seconds=2, seed=9)
        for name, data in variants(source.data):
            with open(os.path.join(self.media, name), "wb") as file:
                file.write(data)
            whole, part = self.played(name), self.played(name, Range="npt=1-")
            self.assertEqual(whole, "played" if name in PLAYED else 415, name)
            self.assertIn(part, ("played", 457) if name in PLAYED else (415,), name)

    def now_opus_that_rtp_has_no_format_for(self):
        path = os.path.join(self.media, "surround.opus")
        run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "anoisesrc=r=48000:d=1,pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0",
             "-c:a", "libopus", path])
        with open(path, "rb") as file:
            self.assertEqual(ogg_pages.read(file.read())[0].body[9:19:9], b"\x06\x01", "six channels, mapping family 1")
        with self.dialogue() as client:
            self.assertEqual(client.ask("DESCRIBE", self.url(name="surround.opus")).status, 415)
            self.assertEqual(client.set_up(self.url(name="surround.opus") + "/trackID=0", INTERLEAVED).status, 415)

    def now_what_is_no_file(self):
        os.mkdir(os.path.join(self.media, "folder"))
        os.mkfifo(os.path.join(self.media, "pipe"))
        os.symlink("/etc/passwd", os.path.join(self.media, "link"))
        os.symlink("itself", os.path.join(self.media, "itself"))
        self.assertEqual([self.played(name) for name in ("folder", "pipe", "link", "itself", "clip.ogg/clip.ogg")],
                         [404, 404, 403, 403, 404])

    def now_files_that_change_while_they_are_played(self):
        def cut(path):
            os.truncate(path, 1000)

        def overwrite(path):
            with open(path, "r+b") as file:
                file.write(os.urandom(os.path.getsize(path)))

        for change in (cut, overwrite, os.remove):
            path = os.path.join(self.media, change.__name__ + ".ogg")
            shutil.copy(self.clip["clip.ogg"].path, path)
            url = self.url(name=os.path.basename(path))
            with self.dialogue() as client:
                self.assertEqual(client.set_up(url + "/trackID=0", INTERLEAVED).status, 200)
                self.assertEqual(client.ask("PLAY", url + "/").status, 200)
                self.assertTrue(client.listen(1))
                change(path)
                self.assertTrue(client.listen(1), "the connection has nothing to do with it")
                self.assertEqual(client.ask("PLAY", url + "/", Range="npt=3-").status, 404 if change is os.remove else 410, change)
                self.listen_to_goodbye(client)

    def now_a_file_that_takes_the_name_of_another(self):
        """Of which the client has no headers: nothing of it may come."""
        path = os.path.join(self.media, "first.ogg")
        shutil.copy(self.clip["clip.ogg"].path, path)
        other = Clip(self.media, "other.ogg", 44100, 2, seconds=6, quality=8)   # with the same serial number
        url = self.url(name="first.ogg")
        with self.dialogue() as client:
            self.start(client, name="first.ogg")
            self.assertTrue(client.listen(0.5))
            os.rename(other.path, path)
            for place in ("npt=0-", "npt=3-"):
                self.assertEqual(client.ask("PLAY", url, Range=place).status, 410)
            self.assertEqual(client.ask("PAUSE", url).status, 200)
            self.assertEqual(client.ask("PLAY", url).status, 410)
            self.assertTrue(client.listen(0.5))
            self.assertFalse(any(BYE in rtcp_types(data) for channel, data in client.frames if channel == 1))
            packets = vorbis_packets(Rtp.parse(data).payload for channel, data in client.frames if channel == 0)
        self.assertTrue(packets)
        self.assertEqual(packets, self.packets_at_once()[:len(packets)])
        with self.dialogue() as client:
            self.start(client, name="first.ogg")


if __name__ == "__main__":
    unittest.main()
