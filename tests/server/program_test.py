#!/usr/bin/python3
"""The program kamaeliad from outside: exit codes, what it says and where."""

import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get("KAMAELIAD", os.path.join(ROOT, "build/dev/server/kamaeliad"))
SECONDS = 60        # only ends what hangs

WEB = 'servers:\n  web: { listen: "http://127.0.0.1:0" }\n'
ECHO = 'servers:\n  echo: { listen: "tcp://127.0.0.1:0", protocol: [ Echo ] }\n'


class ProgramCase(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="kamaelia-")
        self.addCleanup(directory.cleanup)
        self.directory = directory.name
        self.missing = os.path.join(self.directory, "nope")

    def file(self, text, name="f.yaml"):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def ended(self, *arguments):
        """(exit code, stdout, stderr) of a run that ends by itself."""
        done = subprocess.run([BINARY, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=SECONDS, check=False)
        return done.returncode, done.stdout, done.stderr

    def started(self, *arguments, during=lambda line: None, environment=None):
        """The first line on stderr, and self.later the rest; SIGTERM then ends it with 0. `during` is called with
        that line in between."""
        with subprocess.Popen([BINARY, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True, env=os.environ | (environment or {})) as process:
            hanging = threading.Timer(SECONDS, process.kill)
            hanging.start()
            try:
                line = process.stderr.readline()
                during(line)
                process.send_signal(signal.SIGTERM)
                rest = process.stderr.read()    # communicate() would lose what readline() has taken in already
                process.wait()
            finally:
                hanging.cancel()
                process.kill()
        self.assertEqual(process.returncode, 0, line + rest)
        self.later = rest
        return line


class ExitCodes(ProgramCase):
    def test_stopped_as_asked(self):
        self.assertIn("ready: web=http://127.0.0.1:", self.started("--config", self.file(WEB), "--media", self.directory))
        self.assertEqual(self.ended("--version")[0], 0)
        self.assertEqual(self.ended("--help")[0], 0)
        self.assertEqual(self.ended("check", self.file(ECHO)),
                         (0, f"{self.directory}/f.yaml: no mistakes found\n", ""))

    def test_graphs_alone(self):
        graphs = 'graphs:\n  hello: [ OneShot: { message: "hello\\n" }, ConsoleEchoer ]\n'
        code, out, err = self.ended("--config", self.file(graphs))
        self.assertEqual((code, out), (0, "hello\n"), err)
        code, _, err = self.ended("--config", self.file(
            "graphs:\n  file:\n    restart: never\n    components: { file: { ReadFileAdaptor: { filename: nope, readmode: "
            "whole } }, sink: NullSink }\n    linkages: [ file.outbox -> sink.inbox ]\n"), "--media", self.directory)
        self.assertEqual(code, 70, err)
        self.assertIn("failed, and is not started again", err)

    def test_usage(self):
        for arguments in (["--nonsense"], ["run", "f.yaml"], ["dance"], ["check"], ["graph"], ["--set", "log.level"]):
            with self.subTest(arguments):
                code, out, err = self.ended(*arguments)
                self.assertEqual((code, out), (64, ""))
                self.assertRegex(err, r"^kamaeliad: .+\nTry kamaeliad --help\.\n$")

    def test_configuration(self):
        path = self.file("servers:\n  web: { lisen: 1 }\nlog: { level: loud }\n")
        for arguments in (["--config", path], ["check", path], ["graph", path]):
            with self.subTest(arguments):
                code, out, err = self.ended(*arguments)
                self.assertEqual((code, out), (78, ""))
                self.assertIn(f'{path}:2:10: unknown key "lisen"', err)
                self.assertIn(f"{path}:3:15: level: expected", err)

    def test_nothing_to_do(self):
        what = ': there is nothing to do; expected a server under "servers" or a graph under "graphs"\n'
        path = self.file("# later\nlog: { level: info }\nadmin:\n")
        web = self.file(WEB, "web.yaml")
        none = ("--set", "servers={}")
        for command in (["--config"], ["check"], ["graph"]):
            with self.subTest(command):
                self.assertEqual(self.ended(*command, path), (78, "", f"{path}:2:1{what}"))
                self.assertEqual(self.ended(*command, web, *none), (78, "", f"--set servers={{}}{what}"))
        self.assertEqual(self.ended("--media", self.directory, *none), (78, "", f"--set servers={{}}{what}"))
        _, _, err = self.ended("check", self.file("sevrers: {}\n"))
        self.assertNotIn("nothing to do", err)

    def test_a_port_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = "127.0.0.1:%d" % taken.getsockname()[1]
            code, _, err = self.ended("--config", self.file(ECHO.replace("127.0.0.1:0", address)))
            admin = self.ended("--config", self.file(f"admin: {{ listen: 'http://{address}' }}\n" + ECHO, "g.yaml"))
        self.assertEqual(code, 71)
        self.assertEqual(err, f'{self.directory}/f.yaml:2:19: server "echo" cannot listen on {address}: '
                              "Address already in use\n")
        self.assertEqual(admin, (71, "", f"{self.directory}/g.yaml:1:18: admin cannot listen on {address}: "
                                         "Address already in use\n"))

    def test_an_address_that_is_none(self):
        code, _, err = self.ended("--config", self.file(ECHO.replace("127.0.0.1:0", "[fe80::1%nix]:80")))
        self.assertEqual(code, 71)
        self.assertRegex(err, r'^/.+/f\.yaml:2:19: server "echo" cannot listen on tcp://\[fe80::1%nix\]:80: [^:]+\n$')

    def test_a_configuration_that_cannot_be_read(self):
        for path, why in ((self.missing, "No such file or directory"), (self.directory, "Is a directory")):
            for arguments in (["--config", path], ["check", path]):
                with self.subTest(arguments):
                    self.assertEqual(self.ended(*arguments), (71, "", f"kamaeliad: cannot read {path}: {why}\n"))


class Names(ProgramCase):
    def test_forge_no_line(self):
        forged = "x\ny.yaml:9:9: forged"
        shown = forged.replace("\n", "\\n")
        path = self.file(f'media: "/x\\ny.yaml:9:9: forged"\nservers:\n  a:\n    listen: "tcp://127.0.0.1:0"\n    protocol: '
                         '[ ReadFileAdaptor: { filename: "/z/x\\ny.yaml:9:9: forged" } ]\n', forged)
        place = f"{self.directory}/{shown}"
        why = f"warning: cannot send /z/{shown}: No such file or directory\n"
        self.assertEqual(self.ended("check", path), (0, f"{place}: no mistakes found\n", f"{place}:5:17: {why}"))
        self.assertEqual(self.ended("check", self.missing + "\nnope")[2],
                         f"kamaeliad: cannot read {self.missing}\\nnope: No such file or directory\n")
        self.assertEqual(self.ended("--media", "/" + forged),
                         (71, "", f"--media /{shown}: cannot serve media from /{shown}: No such file or directory\n"))


class MissingMedia(ProgramCase):
    def setUp(self):
        super().setUp()
        self.why = f"cannot serve media from {self.missing}: No such file or directory\n"
        self.path = self.file(f"media: {self.missing}\n{WEB}")

    def test_run_refuses_with_the_place(self):
        self.assertEqual(self.ended("--config", self.path), (71, "", f"{self.path}:1:8: {self.why}"))
        self.assertEqual(self.ended("--media", self.missing), (71, "", f"--media {self.missing}: {self.why}"))

    def test_check_only_warns(self):
        self.assertEqual(self.ended("check", self.path),
                         (0, f"{self.path}: no mistakes found\n", f"{self.path}:1:8: warning: {self.why}"))

    def test_a_file_that_is_not_there_is_a_warning(self):
        path = self.file(f"media: {self.directory}\nservers:\n  a:\n    listen: tcp://127.0.0.1:0\n"
                         "    protocol: [ ReadFileAdaptor: { filename: a.ogg } ]\n")
        why = f"cannot send {self.directory}/a.ogg: No such file or directory\n"
        self.assertEqual(self.ended("check", path),
                         (0, f"{path}: no mistakes found\n", f"{path}:5:17: warning: {why}"))
        self.started("--config", path)
        self.assertIn(f" warning {path}:5:17: {why}", self.later)

    def test_a_users_file_is_as_a_directory_when_it_is_not_there_and_as_the_configuration_when_it_is(self):
        path = self.file("servers:\n  a:\n    listen: tcp://127.0.0.1:0\n    protocol: [ RTSPServer: { users: "
                         f'"{self.missing}", media: "{self.directory}" }} ]\n')
        why = f"cannot use the users file: {self.missing}"
        missing = f"{why}: No such file or directory\n"
        self.assertEqual(self.ended("check", path),
                         (0, f"{path}: no mistakes found\n", f"{path}:4:38: warning: {missing}"))
        self.assertEqual(self.ended("--config", path), (71, "", f"{path}:4:38: {missing}"))
        with open(self.missing, "w", encoding="ascii") as file:
            file.write("alice\n")
        wrong = f"{path}:4:38: {why}:1: expected name:realm:HA1 or name:HASH, the name not empty\n"
        for command in (("check", path), ("graph", path), ("--config", path)):
            self.assertEqual(self.ended(*command), (78, "", wrong))
        os.remove(self.missing)
        os.mkdir(self.missing)
        for command in (("check", path), ("--config", path)):
            self.assertEqual(self.ended(*command), (78, "", f"{path}:4:38: {why}: a directory, expected a file\n"))

    def test_a_users_file_with_nobody_in_it_is_a_warning(self):
        users = self.file("# nobody yet\n", "users")
        path = self.file("servers:\n  a:\n    listen: tcp://127.0.0.1:0\n    protocol: [ RTSPServer: { users: users, media: "
                         f'"{self.directory}" }} ]\n')
        why = f"doubtful users file: {users}: nobody is in it, so nobody is let in\n"
        self.assertEqual(self.ended("check", path),
                         (0, f"{path}: no mistakes found\n", f"{path}:4:38: warning: {why}"))
        self.started("--config", path)
        self.assertIn(f" warning {path}:4:38: {why}", self.later)

    def test_an_outbox_that_leads_nowhere_is_a_warning(self):
        path = self.file("servers:\n  a:\n    listen: tcp://127.0.0.1:0\n"
                         "    protocol: { components: { e: Echo }, linkages: [ self.inbox -> e.inbox ] }\n")
        why = "e.outbox leads nowhere, so what is sent there is discarded\n"
        self.assertEqual(self.ended("check", path),
                         (0, f"{path}: no mistakes found\n", f"{path}:4:34: warning: {why}"))
        self.started("--config", path)
        self.assertIn(f" warning {path}:4:34: {why}", self.later)

    def test_nobody_minds_who_does_not_use_it(self):
        self.started("--config", self.file(f"media: {self.missing}\n{ECHO}"))


class ReadyLine(ProgramCase):
    def test_comes_whatever_the_level(self):
        for level in ("debug", "info", "warning", "error"):
            with self.subTest(level):
                line = self.started("--config", self.file(ECHO), "--set", f"log.level={level}")
                self.assertRegex(line, r"^\S+Z info ready: echo=tcp://127\.0\.0\.1:[1-9]\d*\n$")

    def test_is_json_in_format_json(self):
        line = json.loads(self.started("--config", self.file(ECHO), "--set", "log={level: warning, format: json}"))
        self.assertEqual((line["level"], line["path"]), ("info", ""))
        self.assertRegex(line["message"], r"^ready: echo=tcp://127\.0\.0\.1:[1-9]\d*$")
        self.assertRegex(line["time"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")

    def test_the_addresses_answer(self):
        def speak(line):
            port = int(re.search(r"echo=tcp://127\.0\.0\.1:(\d+)", line)[1])
            with socket.create_connection(("127.0.0.1", port), SECONDS) as client:
                client.sendall(b"hello")
                client.shutdown(socket.SHUT_WR)
                self.assertEqual(client.makefile("rb").read(), b"hello")
        self.started("--config", self.file(ECHO), during=speak)


class ConnectionLine(ProgramCase):
    """One line of the log tells a connection's whole life."""

    def life(self, *arguments):
        """(the client's address, its line) of a connection to an echo."""
        path = self.file(ECHO)
        with subprocess.Popen([BINARY, "--config", path, *arguments], stdin=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True) as process:
            hanging = threading.Timer(SECONDS, process.kill)
            hanging.start()
            try:
                port = int(re.search(r"echo=tcp://127\.0\.0\.1:(\d+)", process.stderr.readline())[1])
                with socket.create_connection(("127.0.0.1", port), SECONDS) as client:
                    own = "%s:%d" % client.getsockname()
                    client.sendall(b"hello")
                    client.shutdown(socket.SHUT_WR)
                    self.assertEqual(client.makefile("rb").read(), b"hello")
                # On a busy machine a slow turn may have a line before it.
                return own, next(line for line in process.stderr if "connection ended" in line)
            finally:
                hanging.cancel()
                process.kill()

    def test_in_text(self):
        own, line = self.life()
        self.assertRegex(line, r"^\S+Z info /\S+/echo/Connection#\d+: connection ended server=echo "
                         rf"peer={re.escape(own)} received=5 sent=5 seconds=\d+\.\d{{3}} reason=client_closed\n$")

    def test_in_json(self):
        own, line = self.life("--set", "log.format=json")
        line = json.loads(line)
        seconds = line.pop("seconds")
        self.assertIsInstance(seconds, float)
        self.assertLess(seconds, SECONDS)
        del line["time"], line["path"]
        self.assertEqual(line, {"level": "info", "message": "connection ended", "server": "echo", "peer": own,
                                "received": 5, "sent": 5, "reason": "client_closed"})


class Reference(ProgramCase):
    def test_is_what_the_program_says(self):
        with open(os.path.join(ROOT, "docs", "components.md"), encoding="utf-8") as page:
            self.assertEqual(self.ended("components", "--format", "markdown"), (0, page.read(), ""),
                             "write it anew: kamaeliad components --format markdown > docs/components.md")


if __name__ == "__main__":
    unittest.main()
