#!/usr/bin/python3
"""Each file in config/ as it stands, but for its ports and paths: other daemons may have them."""

import glob
import hashlib
import json
import os
import re
import socket
import subprocess
import unittest

from program_test import ROOT, SECONDS, ProgramCase

JINGLE = b"OggS" + 1000 * b"jingle"
NEWS = b"first\nsecond\n"


class SampleCase(ProgramCase):
    def setUp(self):
        super().setUp()
        self.media = os.path.join(self.directory, "media")
        os.makedirs(os.path.join(self.media, "archive"))
        for name, data in (("jingle.ogg", JINGLE), ("demo.ogg", JINGLE), ("news.txt", NEWS), ("archive/old.ogg", b"old")):
            with open(os.path.join(self.media, name), "wb") as file:
                file.write(data)


class Samples(SampleCase):
    def test_is_without_mistakes(self):
        for path in self.samples():
            with self.subTest(path):
                code, out, err = self.ended("check", path, "--media", self.media)
                self.assertEqual((code, out), (0, f"{path}: no mistakes found\n"))
                if os.path.basename(path) == "users.yaml":      # its users are still to come
                    self.assertRegex(err, r"^[^\n]*users\.yaml:15:30: warning: [^\n]*nobody is in it[^\n]*\n$")
                else:
                    self.assertEqual(err, "")

    def test_is_drawn(self):
        for path in self.samples():
            with self.subTest(path):
                drawn = {each: self.ended("graph", path, "--format", each) for each in ("dot", "mermaid", "json")}
                for code, _, err in drawn.values():
                    self.assertEqual((code, err), (0, ""))
                self.assertEqual(self.ended("graph", "-c", path), drawn["dot"])
                self.assertTrue(drawn["mermaid"][1].startswith("flowchart"))
                shown = json.loads(drawn["json"][1])["components"]
                self.assertIn("SimpleServer", [each["class"] for each in shown])
                picture = subprocess.run(["dot", "-Tsvg"], input=drawn["dot"][1], capture_output=True, text=True,
                                         check=True, timeout=SECONDS)
                self.assertTrue("ConnectedSocketAdapter" in picture.stdout)

    def test_has_a_test(self):
        for path in self.samples():
            name = os.path.basename(path).removesuffix(".yaml").replace("-", "_")
            self.assertTrue(hasattr(Works, "test_" + name), f"{path}: nobody starts it")

    def samples(self):
        found = sorted(glob.glob(os.path.join(ROOT, "config", "*.yaml")))
        self.assertTrue(found)
        return found


class Works(SampleCase):
    """What each sample says that it does."""

    def test_demo(self):
        self.run_sample("demo", lambda at: (
            self.serves(at["web"][0], "media/demo.ogg", JINGLE),
            self.echoes(at["echo"][0]),
            self.sends(at["jukebox"][0], JINGLE)))

    def test_kamaelia(self):
        self.run_sample("kamaelia", lambda at: self.serves(at["web"][0], "media/archive/old.ogg", b"old"))

    def test_environment(self):
        self.run_sample("environment", lambda at: self.serves(at["web"][0], "media/jingle.ogg", JINGLE),
                        environment={"KAMAELIA_HOST": "127.0.0.1", "KAMAELIA_PORT": "0", "KAMAELIA_MEDIA": self.media})

    def test_echo(self):
        self.run_sample("echo", lambda at: (
            [self.echoes(each) for each in at["echo"]],
            self.echoes(at["slow-echo"][0])))

    def test_jukebox(self):
        self.run_sample("jukebox", lambda at: (
            self.sends(at["jukebox"][0], JINGLE),
            self.sends(at["download"][0], JINGLE),
            self.sends(at["eager"][0], JINGLE),
            self.sends(at["news"][0], NEWS.splitlines(keepends=True)[0])))

    def test_listeners(self):
        self.run_sample("listeners", lambda at: (
            [self.serves(each, "media/jingle.ogg", JINGLE) for each in at["public"] + at["local"] + at["here"]],
            self.serves(at["archive"][0], "media/old.ogg", b"old")))

    def test_monitoring(self):
        self.run_sample("monitoring", lambda at: (
            self.serves(at["web"][0], "media/jingle.ogg", JINGLE),
            self.assertIn(b'\nkamaelia_connections_total{server="web"} 1\n', self.fetched(at["admin"][0], "metrics")),
            self.assertEqual(self.fetched(at["admin"][0], "healthz"), b"ok\n")))

    def test_pipelines(self):
        self.run_sample("pipelines", lambda at: (
            self.echoes(at["lines"][0]),
            self.echoes(at["watched"][0]),
            self.sends(at["quotes"][0], b"Complex things should be possible.\n", said=b"NEXT\n", skip=1),
            self.sends(at["ticks"][0], b"tick\n"),
            self.sends(at["moved"][0], b"This service has moved to port 1510.\n")))

    def test_graphs(self):
        self.run_sample("graphs", lambda at: self.echoes(at["echo"][0]))

    def test_workers(self):
        self.run_sample("workers", lambda at: [self.serves(at["web"][0], "media/jingle.ogg", JINGLE)
                                               for _ in range(20)])

    def test_reverse_proxy(self):
        self.run_sample("reverse-proxy", lambda at: self.serves(at["web"][0], "media/jingle.ogg", JINGLE))

    def test_users(self):
        self.file("alice:media:0307e4310caaf2a0e56361d36e750e3c\n", "rtsp.users")     # "secret"
        self.run_sample("users", lambda at: self.asks_for_a_password(at["rtsp"][0]))

    def run_sample(self, name, during, environment=None):
        """`during` gets the addresses of each server by its name, in their order."""
        with open(os.path.join(ROOT, "config", name + ".yaml"), encoding="utf-8") as sample:
            text = re.sub(r'(listen: |- )("\w+://.*):\d+"', r'\1\2:0"', sample.read())
        text = text.replace("/run/kamaelia", self.directory).replace("0.0.0.0", "127.0.0.1").replace("[::]", "[::1]")

        def found(line):
            at = {}
            for server, url in re.findall(r"(\S+?)=(\w+://\S+)", line.strip('"}\n')):
                at.setdefault(server, []).append(url)
            self.assertEqual(sum(map(len, at.values())), len(re.findall(r'^(?!.*#).*"\w+://', text, re.M)), line)
            during(at)
        self.started("--config", self.file(text), "--media", self.media, during=found, environment=environment)

    def connect(self, url):
        scheme, _, place = url.partition("://")
        if scheme == "unix":
            client = socket.socket(socket.AF_UNIX)
            client.settimeout(SECONDS)
            client.connect(place)
            return client
        host, _, port = place.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), SECONDS)

    def sends(self, url, expected, said=b"", skip=0):
        """After `skip` lines."""
        with self.connect(url) as client, client.makefile("rb") as heard:
            client.sendall(said)
            for _ in range(skip):
                heard.readline()
            self.assertEqual(heard.read(len(expected)), expected)

    def echoes(self, url):
        self.sends(url, b"hello\n", said=b"hello\n")

    def asks_for_a_password(self, url):
        """And lets in who has it: then it is the file that will not do."""
        target = url.replace("tcp", "rtsp") + "/media/jingle.ogg"
        with self.connect(url) as client, client.makefile("rb") as heard:
            def answer(fields=""):
                client.sendall(f"DESCRIBE {target} RTSP/1.0\r\nCSeq: 1\r\n{fields}\r\n".encode())
                return b"".join(iter(heard.readline, b"\r\n")).decode()
            refusal = answer()
            self.assertIn("RTSP/1.0 401 ", refusal)
            nonce = re.search('nonce="([^"]+)"', refusal)[1]
            parts = "0307e4310caaf2a0e56361d36e750e3c", nonce, hashlib.md5(f"DESCRIBE:{target}".encode()).hexdigest()
            response = hashlib.md5(":".join(parts).encode()).hexdigest()
            self.assertIn("RTSP/1.0 415 ", answer(f'Authorization: Digest username="alice", realm="media", nonce="{nonce}", '
                                                  f'uri="{target}", response="{response}"\r\n'))

    def serves(self, url, name, expected):
        self.assertEqual(self.fetched(url, name), expected)

    def fetched(self, url, name):
        with self.connect(url) as client, client.makefile("rb") as heard:
            client.sendall(b"GET /" + name.encode() + b" HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            head, _, body = heard.read().partition(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 200 "), head)
        return body


if __name__ == "__main__":
    unittest.main()
