#!/usr/bin/python3
"""Real HTTP clients fetch on-demand files: what each of them hears is what was played."""

import os
import re
import unittest

from harness import CLIPS, FULL, RATES, DaemonCase, run, table
from players import PLAYERS, mpv, vlc

CONFIG = """
servers:
  web: { listen: "http://127.0.0.1:0" }
  long: { listen: "tcp://127.0.0.1:0", protocol: [ HTTPServer: {} ] }
"""


class HttpCase(DaemonCase):
    config = CONFIG
    server = "web"

    @property
    def base(self):
        return "http://%s:%d" % self.daemon.address(self.server)

    def link(self, name):
        return self.base + "/media/" + name


@table([(player.__name__, player) for player in PLAYERS], RATES if FULL else CLIPS)
class Players(HttpCase):
    clips = RATES if FULL else CLIPS

    def check(self, player, clip):
        directory = self.directory()
        wav = os.path.join(directory, "heard.wav")
        player[1](self.link(clip[0]), wav, directory)
        self.assert_heard(self.clip[clip[0]], wav)


@table([("vlc", vlc), ("mpv", mpv)], [(".m3u",)] if not FULL else [(".m3u",), ("/file.m3u",)])
class Playlists(HttpCase):
    """Of the whole directory, and of a file."""

    clips = CLIPS[:1]

    def check(self, player, kind):
        directory, name = self.directory(), self.clips[0][0]
        wav = os.path.join(directory, "heard.wav")
        link = self.link(name) + ".m3u" if "file" in kind[0] else self.link("").rstrip("/") + ".m3u"
        player[1](link, wav, directory)
        self.assert_heard(self.clip[name], wav)


class Curl(HttpCase):
    """The protocol itself, seen by a client that hides nothing."""

    clips = CLIPS[:1]

    def setUp(self):
        self.name = self.clips[0][0]
        self.data = self.clip[self.name].data

    def fetch(self, path, *options):
        """(status, headers, body)"""
        out = run(["curl", "-sS", "-i", "--http1.1", "--path-as-is", *options,
                   self.base + path]).stdout
        head, _, body = out.partition(b"\r\n\r\n")
        status, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        return int(status.split()[1]), headers, body

    def test_bytes_are_the_file(self):
        status, headers, body = self.fetch("/media/" + self.name)
        self.assertEqual(status, 200)
        self.assertEqual(headers["content-length"], str(len(self.data)))
        self.assertRegex(headers["content-type"], r"^(audio|application)/ogg\b")
        self.assertEqual(headers["accept-ranges"], "bytes")
        self.assertEqual(headers["access-control-allow-origin"], "*")
        self.assertTrue(body == self.data, "the bytes differ")

    def test_head_is_get_without_a_body(self):
        get, head = self.fetch("/media/" + self.name), self.fetch("/media/" + self.name, "--head")
        self.assertEqual(head[0], 200)
        self.assertEqual(head[2], b"")
        for name in ("content-length", "content-type", "accept-ranges"):
            self.assertEqual(head[1][name], get[1][name])

    def test_ranges(self):
        size = len(self.data)
        middle = size // 2
        for asked, first, last in ((f"{middle}-{middle + 999}", middle, middle + 999),
                                   ("0-0", 0, 0),
                                   ("0-", 0, size - 1),
                                   (f"{middle}-", middle, size - 1),
                                   ("-500", size - 500, size - 1),
                                   (f"-{size + 1000}", 0, size - 1),
                                   (f"{size - 10}-{size + 1000}", size - 10, size - 1)):
            with self.subTest(asked):
                status, headers, body = self.fetch("/media/" + self.name, "-r", asked)
                self.assertEqual(status, 206)
                self.assertEqual(headers["content-range"], f"bytes {first}-{last}/{size}")
                self.assertEqual(headers["content-length"], str(last - first + 1))
                self.assertTrue(body == self.data[first:last + 1], "the bytes differ")

    def test_a_range_behind_the_end_is_refused(self):
        size = len(self.data)
        status, headers, _ = self.fetch("/media/" + self.name, "-r", f"{size}-")
        self.assertEqual(status, 416)
        self.assertEqual(headers["content-range"], f"bytes */{size}")

    def test_a_copy_is_asked_after_and_goes_on_where_it_was_cut(self):
        directory, path = self.directory(), "/media/" + self.name
        copy, tag = os.path.join(directory, "copy"), os.path.join(directory, "tag")
        run(["curl", "-sS", "--etag-save", tag, "-o", copy, self.link(self.name)])
        self.assertEqual(self.fetch(path, "--etag-compare", tag)[0], 304)
        self.assertEqual(self.fetch(path, "--time-cond", copy)[0], 304)
        self.assertEqual(self.fetch(path, "--time-cond", "1 Jan 1990")[0], 200)
        headers = self.fetch(path)[1]
        for validator, status in ((headers["etag"], 206), ('"another"', 200)):
            self.assertEqual(self.fetch(path, "-r", "100-", "-H", "If-Range: " + validator)[0], status)

    def test_one_connection_serves_several_requests(self):
        url = self.link(self.name)
        done = run(["curl", "-sS", "-v", "-r", "0-9", url, url])
        self.assertEqual(done.stdout, 2 * self.data[:10])
        self.assertRegex(done.stderr.decode(), "Re-using existing connection")

    def test_what_is_not_there_is_not_found(self):
        self.assertEqual(self.fetch("/media/nothing.ogg")[0], 404)

    def test_nothing_outside_the_media_is_reachable(self):
        secret = os.path.join(os.path.dirname(self.media), "kamaelia-secret")
        with open(secret, "w", encoding="utf-8") as file:
            file.write("secret")
        for path in ("/media/../kamaelia-secret", "/media/%2e%2e/kamaelia-secret", "/media/..%2fkamaelia-secret",
                     "/media//../kamaelia-secret", "/media/./../kamaelia-secret", f"/media/{secret}"):
            with self.subTest(path):
                status, _, body = self.fetch(path)
                self.assertIn(status, (400, 403, 404))
                self.assertNotIn(b"secret", re.sub(rb"kamaelia-secret", b"", body))

    def test_the_index_names_each_file(self):
        status, headers, body = self.fetch("/")
        self.assertEqual(status, 200)
        self.assertRegex(headers["content-type"], "^text/html")
        self.assertIn(f"/media/{self.name}".encode(), body)


class CurlLongForm(Curl):
    """What http:// is short for is the same."""

    server = "long"


if __name__ == "__main__":
    unittest.main()
