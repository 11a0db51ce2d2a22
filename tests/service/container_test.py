#!/usr/bin/python3
"""The image: made from what is installed, started, found healthy, played, stopped. Needs root, and no registry."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "interop"))

from harness import CLIPS, ClipCase, run            # noqa: E402
import trees                                        # noqa: E402

BASE = "localhost/debian:12-slim"
IMAGE = "localhost/kamaeliad"
BUILD_SECONDS = 3600
SETTLE_SECONDS = 60
BIG = 16 << 20

# What podman asks for by default may be more than this machine gives.
CONTAINERS_CONF = """
[containers]
default_ulimits = [ "nofile=4096:4096", "nproc=4096:4096" ]
[engine]
cgroup_manager = "cgroupfs"
runtime = "runc"
events_logger = "none"
"""


class Engine:
    """buildah and podman with images, containers and settings of their own, gone with the block."""

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            os.makedirs(trees.TREES, exist_ok=True)
            self.work = tempfile.mkdtemp(prefix="images.", dir=trees.TREES)
            stack.callback(self.remove)
            conf = os.path.join(self.work, "containers.conf")
            with open(conf, "w", encoding="utf-8") as file:
                file.write(CONTAINERS_CONF)
            self.environment = os.environ | {"CONTAINERS_CONF": conf}
            self.undo = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.undo.close()

    def remove(self):
        self.run("podman", "rm", "--all", "--force", "--time", "0", check=False)    # what could not start
        for mounted in re.findall(rf"^\S+ ({re.escape(self.work)}\S*)", trees.run("cat", "/proc/mounts"), re.M)[::-1]:
            subprocess.run(["umount", "-l", mounted], check=False)
        shutil.rmtree(self.work)

    def command(self, program, *arguments):
        return [program, "--root", os.path.join(self.work, "root"), "--runroot", os.path.join(self.work, "run"),
                *arguments]

    def run(self, program, *arguments, check=True, timeout=SETTLE_SECONDS * 5, **options):
        return run(self.command(program, *arguments), check=check, timeout=timeout, env=self.environment, **options)

    def import_base(self):
        with subprocess.Popen(["tar", "-C", trees.base(), "-c", "."], stdout=subprocess.PIPE) as tar:
            self.run("podman", "import", "-", BASE, stdin=tar.stdout)
        if tar.returncode != 0:
            raise AssertionError("tar has failed")

    def build(self, context, *arguments):
        self.run("buildah", "bud", "--isolation", "chroot", "--format", "docker", "--build-arg", "BASE=" + BASE, "-t", IMAGE,
                 "-f", os.path.join(context, "docker/Dockerfile"), *arguments, context, timeout=BUILD_SECONDS)


class Container:
    """One that runs, with the network of this machine and ports that nobody else has."""

    def __init__(self, engine, media, *arguments):
        self.engine, self.media, self.arguments = engine, media, arguments

    def __enter__(self):
        with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as other:
            self.port, self.admin_port = one.getsockname()[1], other.getsockname()[1]
        self.id = self.engine.run(
            "podman", "run", "--detach", "--network", "host", "--read-only", "--cap-drop", "all",
            "--security-opt", "no-new-privileges", "--volume", self.media + ":/var/lib/kamaelia/media:ro",
            "--env", f"KAMAELIA_HEALTH=127.0.0.1:{self.admin_port}/healthz", IMAGE, "run", "--set",
            f"servers.web.listen=http://127.0.0.1:{self.port}",
            "--set", "servers.rtsp.listen=rtsp://127.0.0.1:0",
            "--set", f"admin.listen=http://127.0.0.1:{self.admin_port}", *self.arguments).stdout.decode().strip()
        return self

    def __exit__(self, *_):
        self.engine.run("podman", "rm", "--force", "--time", "0", self.id)

    def ask(self, *arguments, check=True):
        return self.engine.run("podman", *arguments, self.id, check=check)

    def log(self):
        return self.ask("logs").stderr.decode()

    def is_healthy(self):
        return self.ask("healthcheck", "run", check=False).returncode == 0

    def wait_until_healthy(self):
        deadline = time.monotonic() + SETTLE_SECONDS
        while not self.is_healthy():
            if time.monotonic() > deadline:
                raise AssertionError("it is not healthy:\n" + self.log())
            time.sleep(0.2)

    def state(self):
        return json.loads(self.ask("inspect").stdout)[0]["State"]

    def url(self, path):
        return f"http://127.0.0.1:{self.port}/{path}"


class Image(ClipCase):
    clips = CLIPS[:1]

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with open(os.path.join(cls.media, "big.ogg"), "wb") as file:
            file.truncate(BIG)
        cls.engine = cls.enterClassContext(Engine())
        cls.engine.import_base()
        context = os.path.join(cls.directory(), "context")
        shutil.copytree(os.path.join(trees.ROOT, "docker"), os.path.join(context, "docker"))
        trees.install(os.path.join(context, "build/installed"))
        cls.engine.build(context, "--target", "installed")

    def test_says_how_to_run_it(self):
        config = json.loads(self.engine.run("podman", "inspect", IMAGE).stdout)[0]["Config"]
        self.assertEqual(config["User"], "kamaelia")
        self.assertEqual(list(config["Volumes"]), ["/var/lib/kamaelia/media"])
        self.assertEqual(set(config["ExposedPorts"]), {"8000/tcp", "8001/tcp", "8554/tcp", "6970/udp", "6971/udp"})

    def test_runs_as_it_is(self):
        out = self.engine.run("podman", "run", "--rm", "--network", "none", IMAGE, "check",
                              "/etc/kamaelia/kamaelia.yaml").stdout
        self.assertEqual(out, b"/etc/kamaelia/kamaelia.yaml: no mistakes found\n")

    def test_plays(self):
        name = self.clips[0][0]
        with Container(self.engine, self.media) as container:
            container.wait_until_healthy()
            self.assertRegex(container.log(), rf"info ready: web=http://127\.0\.0\.1:{container.port} "
                             r"rtsp=\S+ admin=\S+\n")
            with open(f"/proc/{container.state()['Pid']}/status", encoding="ascii") as status:
                self.assertRegex(status.read(), r"(?m)^Uid:\t10001\t")
            for player in (["ogg123", "-q", "-d", "wav", "-f"], ["ffmpeg", "-v", "error", "-y", "-i"]):
                with self.subTest(player[0]):
                    wav, url = os.path.join(self.directory(), "heard.wav"), container.url("media/" + name)
                    run([*player, *((wav, url) if player[0] == "ogg123" else (url, wav))])
                    self.assert_heard(self.clip[name], wav)

    def test_tells_prometheus(self):
        run(["promtool", "check", "config", os.path.join(trees.ROOT, "docker/prometheus.yml")])
        with Container(self.engine, self.media) as container:
            container.wait_until_healthy()
            metrics = run(["curl", "-sS", "--fail", f"http://127.0.0.1:{container.admin_port}/metrics"]).stdout
            self.assertRegex(metrics.decode(), r'(?m)^kamaelia_connections\{server="web"\} 0$')

    def test_stops_when_its_clients_have_what_they_came_for(self):
        with Container(self.engine, self.media) as container:
            container.wait_until_healthy()
            with subprocess.Popen(["curl", "-sS", "--limit-rate", "5M", container.url("media/big.ogg")],
                                  stdout=subprocess.PIPE) as client:
                early = client.stdout.read(1 << 20)
                began = time.monotonic()
                with subprocess.Popen(self.engine.command("podman", "stop", "--time", "15", container.id),
                                      env=self.engine.environment, stdout=subprocess.DEVNULL) as stop:
                    self.assertEqual(len(early) + len(client.stdout.read()), BIG)
                self.assertEqual(stop.returncode, 0)
            self.assertLess(time.monotonic() - began, 15)
            self.assertEqual(container.state()["ExitCode"], 0)
            self.assertIn("stopping: connections have 10 s to end", container.log())

    def test_is_not_healthy_when_it_does_not_answer(self):
        with Container(self.engine, self.media) as container:
            container.wait_until_healthy()
            program = container.state()["Pid"]
            os.kill(program, signal.SIGSTOP)
            self.assertFalse(container.is_healthy())
            os.kill(program, signal.SIGCONT)
            container.wait_until_healthy()


class FromSource(unittest.TestCase):
    def test_a_bare_debian_becomes_one_that_can_build(self):
        """What the stage `build` does, up to where compiling would begin."""
        with trees.writable(trees.base()) as root:
            source = os.path.join(root, "source")
            os.mkdir(source)
            with subprocess.Popen(["tar", "-C", trees.ROOT, "--exclude=./build", "--exclude=./.git", "-c", "."],
                                  stdout=subprocess.PIPE) as tar:
                run(["tar", "-C", source, "-x"], stdin=tar.stdout)
            for command in ("scripts/setup --build", "cmake --preset release -DBUILD_TESTING=OFF"):
                trees.run("chroot", root, "sh", "-c", f"cd /source && {command}",
                          env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})


if __name__ == "__main__":
    unittest.main()
