#!/usr/bin/python3
"""The installed service under a systemd that has booted: started, played, stopped, killed, hung. Needs root."""

import os
import re
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "interop"))

from harness import CLIPS, ClipCase, run            # noqa: E402
import trees                                        # noqa: E402

BOOT_SECONDS = 120      # only end what hangs
SETTLE_SECONDS = 60
UNIT = "kamaeliad.service"
CONFIG = "etc/kamaelia/kamaelia.yaml"
DROP_IN = f"etc/systemd/system/{UNIT}.d/test.conf"
BIG = 16 << 20


class Machine:
    """A tree whose systemd runs in namespaces of its own, with no network but its loopback."""

    def __init__(self, root):
        self.root = root

    def __enter__(self):
        self.log = open(os.path.join(os.path.dirname(self.root), "console"), "w+b")
        self.nspawn = subprocess.Popen(
            ["systemd-nspawn", "-q", "-D", self.root, "--boot", "--private-network", "--register=no", "--keep-unit",
             "--console=pipe"], stdin=subprocess.DEVNULL, stdout=self.log, stderr=subprocess.STDOUT,
            start_new_session=True)
        try:
            wait_for(self.has_booted, BOOT_SECONDS, self.console)
        except BaseException:
            self.__exit__()
            raise
        return self

    def has_booted(self):
        if self.nspawn.poll() is not None:
            raise AssertionError("systemd-nspawn has ended:\n" + self.console())
        with open(f"/proc/{self.nspawn.pid}/task/{self.nspawn.pid}/children", encoding="ascii") as children:
            self.leader = children.read().split()[:1]
        return self.leader and self.ask("systemctl", "is-system-running") == "running"

    def __exit__(self, *_):
        self.nspawn.terminate()         # which it passes on as a wish to power off
        try:
            self.nspawn.wait(SETTLE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.nspawn.pid, signal.SIGKILL)
            self.nspawn.wait()
        self.log.close()

    def console(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace")[-3000:]

    def run(self, *command, check=True):
        return run(["nsenter", "-t", self.leader[0], "-a", *command], check=check)

    def ask(self, *command):
        return self.run(*command, check=False).stdout.decode().strip()

    def outside(self, *command):
        """A command of this machine that sees the network of that one."""
        return ["nsenter", "-t", self.leader[0], "-n", *command]

    def write(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)


def wait_for(happened, seconds, say):
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            raise AssertionError("it does not happen:\n" + say())
        time.sleep(0.1)


class Service(ClipCase):
    clips = CLIPS[:1]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tree = trees.with_packages("booted", ["dbus", "systemd", "systemd-sysv", *trees.runtime_packages()])
        root = cls.enterClassContext(trees.writable(tree))
        trees.install(root)
        cls.machine = cls.enterClassContext(Machine(root))
        for name in os.listdir(cls.media):
            run(["cp", os.path.join(cls.media, name), os.path.join(root, "var/lib/kamaelia/media")])
        with open(os.path.join(root, "var/lib/kamaelia/media/big.ogg"), "wb") as file:
            file.truncate(BIG)
        with open(os.path.join(root, CONFIG), encoding="utf-8") as file:
            cls.config = file.read()

    def setUp(self):
        self.machine.write(CONFIG, self.config)
        self.drop_in("")
        self.machine.run("systemctl", "reset-failed", UNIT, check=False)
        self.machine.run("systemctl", "restart", UNIT)

    def drop_in(self, text):
        self.machine.write(DROP_IN, text)
        self.machine.run("systemctl", "daemon-reload")

    def shown(self, name):
        return self.machine.ask("systemctl", "show", UNIT, "--value", "-p", name)

    def signal(self, name):
        self.machine.run("systemctl", "kill", "--kill-who=main", "-s", name, UNIT)

    def journal(self):
        return self.machine.ask("journalctl", "-o", "cat", "--no-pager", "-u", UNIT)

    def fetch(self, path="", *options, port=8000, check=True):
        return run(self.machine.outside("curl", "-sS", "--fail", *options, f"http://127.0.0.1:{port}/{path}"),
                   check=check)

    def assert_restarted(self, before):
        def again():        # asked at once: it may fail between two questions
            shown = self.machine.ask("systemctl", "show", UNIT, "-p", "ActiveState", "-p", "MainPID", "-p", "NRestarts")
            shown = dict(line.split("=") for line in shown.splitlines())
            return (shown["ActiveState"] == "active" and shown["MainPID"] not in ("0", before)
                    and int(shown["NRestarts"]) > 0)
        wait_for(again, SETTLE_SECONDS, self.journal)
        self.assertIn(b"big.ogg", self.fetch().stdout)

    def test_is_active_when_it_listens(self):
        self.machine.run("systemctl", "restart", UNIT)
        self.fetch()
        self.assertEqual(self.shown("ActiveState"), "active")
        self.assertRegex(self.shown("StatusText"),
                         r"web=http://0\.0\.0\.0:8000 rtsp=rtsp://0\.0\.0\.0:8554 admin=http://127\.0\.0\.1:8001$")
        self.assertEqual(self.shown("WatchdogUSec"), "30s")
        with open(os.path.join(self.machine.root, "etc/passwd"), encoding="utf-8") as users:
            user = re.search(r"^kamaelia:x:(\d+):", users.read(), re.M)[1]
        status = self.machine.ask("cat", f"/proc/{self.shown('MainPID')}/status")
        self.assertRegex(status, rf"(?m)^Uid:\t{user}\t{user}\t")
        self.assertRegex(status, r"(?m)^CapEff:\t0+$")
        self.assertEqual(self.machine.ask("systemctl", "is-system-running"), "running")

    def test_plays(self):
        name = self.clips[0][0]
        for player in (["ogg123", "-q", "-d", "wav", "-f"], ["ffmpeg", "-v", "error", "-y", "-i"]):
            with self.subTest(player[0]):
                wav = os.path.join(self.directory(), "heard.wav")
                url = f"http://127.0.0.1:8000/media/{name}"
                run(self.machine.outside(*player, *((wav, url) if player[0] == "ogg123" else (url, wav))))
                self.assert_heard(self.clip[name], wav)

    def test_reloads_nothing(self):
        before = self.shown("MainPID")
        self.assertIn("not applicable", self.machine.run("systemctl", "reload", UNIT, check=False).stderr.decode())
        self.signal("HUP")
        wait_for(lambda: "SIGHUP: this version cannot reload" in self.journal(), SETTLE_SECONDS, self.journal)
        self.fetch()
        self.assertEqual(self.shown("MainPID"), before)

    def test_stops_when_its_clients_have_what_they_came_for(self):
        with subprocess.Popen(self.machine.outside("curl", "-sS", "--fail", "--limit-rate", "5M",
                                                   "http://127.0.0.1:8000/media/big.ogg"),
                              stdout=subprocess.PIPE) as client:
            early = client.stdout.read(1 << 20)
            self.machine.run("systemctl", "stop", "--no-block", UNIT)
            wait_for(lambda: self.shown("ActiveState") == "deactivating", SETTLE_SECONDS, self.journal)
            self.assertRegex(self.shown("StatusText"), "^Stopping: connections have 10 s to end")
            self.assertEqual(self.fetch(check=False).returncode, 7, "nobody new is let in")
            self.assertEqual(len(early) + len(client.stdout.read()), BIG)
        wait_for(lambda: self.shown("ActiveState") == "inactive", SETTLE_SECONDS, self.journal)
        self.assertEqual((self.shown("Result"), self.shown("ExecMainStatus")), ("success", "0"))

    def test_a_drain_may_take_longer_than_systemd_would_wait(self):
        self.drop_in("[Service]\nTimeoutStopSec=1\n")
        with subprocess.Popen(self.machine.outside("curl", "-sS", "--limit-rate", "5M",
                                                   "http://127.0.0.1:8000/media/big.ogg"),
                              stdout=subprocess.PIPE) as client:
            client.stdout.read(1 << 20)
            self.machine.run("systemctl", "stop", "--no-block", UNIT)
            self.assertEqual(len(client.stdout.read()), BIG - (1 << 20))
        wait_for(lambda: self.shown("ActiveState") == "inactive", SETTLE_SECONDS, self.journal)
        self.assertEqual(self.shown("Result"), "success")

    def test_is_started_again_when_it_was_killed(self):
        before = self.shown("MainPID")
        self.signal("KILL")
        self.assert_restarted(before)

    def test_is_started_again_when_it_hangs(self):
        self.drop_in("[Service]\nWatchdogSec=2\nTimeoutAbortSec=1\n")
        self.machine.run("systemctl", "restart", UNIT)
        before = self.shown("MainPID")
        time.sleep(5)
        self.assertEqual(self.shown("MainPID"), before, "it is fed")
        self.signal("STOP")
        self.assert_restarted(before)
        self.assertIn("Watchdog timeout", self.journal())

    def test_a_wrong_configuration_is_not_tried_again(self):
        self.machine.write(CONFIG, "servers: { web: { lisen: 1 } }\n")
        self.assertNotEqual(self.machine.run("systemctl", "restart", UNIT, check=False).returncode, 0)
        self.assertEqual((self.shown("ActiveState"), self.shown("ExecMainStatus"), self.shown("NRestarts")),
                         ("failed", "78", "0"))
        self.assertIn('kamaelia.yaml:1:19: unknown key "lisen"', self.journal())

    def test_the_drop_in_of_the_manual(self):
        with open(os.path.join(trees.ROOT, "docs/operations.md"), encoding="utf-8") as page:
            self.drop_in(re.search(r"```ini\n(.*?)```", page.read(), re.S)[1])
        self.machine.write("etc/kamaelia/environment", "PORT=80\n")
        self.machine.write(CONFIG, self.config.replace("0.0.0.0:8000", "0.0.0.0:${PORT}"))
        self.machine.run("systemctl", "restart", UNIT)
        self.assertIn(b"big.ogg", self.fetch(port=80).stdout)


if __name__ == "__main__":
    unittest.main()
