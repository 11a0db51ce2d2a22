#!/usr/bin/python3
"""What `cmake --install` puts where, and that systemd takes it. KAMAELIA_BUILD names the build directory."""

import os
import re
import stat
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("KAMAELIA_BUILD", os.path.join(ROOT, "build/release"))
SECONDS = 120           # only ends what hangs
EXPOSURE = 2.0          # of 10, as systemd-analyze judges

UNIT = "lib/systemd/system/kamaeliad.service"


def run(*command, **options):
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS,
                          check=False, **options)


class InstallCase(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory(prefix="kamaelia-")
        self.addCleanup(directory.cleanup)
        self.root = directory.name

    def install(self, prefix, destdir=""):
        done = run("cmake", "--install", BUILD, "--prefix", prefix, env=os.environ | {"DESTDIR": destdir})
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def read(self, *path):
        with open(os.path.join(self.root, *path), encoding="utf-8") as file:
            return file.read()

    def succeeds(self, *command):
        done = run(*command)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done


class Installation(InstallCase):
    def test_of_a_package(self):
        """/usr and /etc, below DESTDIR."""
        self.install("/usr", destdir=self.root)
        found = {os.path.relpath(os.path.join(folder, name), self.root)
                 for folder, _, names in os.walk(self.root) for name in names}
        doc = "usr/share/doc/kamaeliad/"
        self.assertEqual({each for each in found if not each.startswith(doc)},
                         {"usr/bin/kamaeliad", "etc/kamaelia/kamaelia.yaml", "usr/" + UNIT,
                          "usr/lib/sysusers.d/kamaelia.conf", "usr/lib/tmpfiles.d/kamaelia.conf"})
        self.assertLessEqual({doc + "README.md", doc + "CHANGELOG.md", doc + "LICENSE", doc + "docs/components.md",
                              doc + "config/jukebox.yaml"}, found)
        self.assertIn("ExecStart=/usr/bin/kamaeliad run --config /etc/kamaelia/kamaelia.yaml\n",
                      self.read("usr", UNIT))
        program = os.path.join(self.root, "usr/bin/kamaeliad")
        self.assertRegex(self.succeeds(program, "--version").stdout, r"^kamaeliad \d+\.\d+\.\d+\n$")
        self.succeeds(program, "check", os.path.join(self.root, "etc/kamaelia/kamaelia.yaml"))

    def test_below_a_prefix(self):
        self.install(self.root)
        for path in ("bin/kamaeliad", "etc/kamaelia/kamaelia.yaml", UNIT, "lib/sysusers.d/kamaelia.conf"):
            self.assertTrue(os.path.isfile(os.path.join(self.root, path)), path)
        self.assertIn(f"ExecStart={self.root}/bin/kamaeliad run --config {self.root}/etc/kamaelia/kamaelia.yaml\n",
                      self.read(UNIT))
        with open(os.path.join(BUILD, "CMakeCache.txt"), encoding="utf-8") as cache:
            portable = "KAMAELIA_PORTABLE:BOOL=ON\n" in cache.read()
        self.assertIn("\nType=exec\n" if portable else "\nType=notify\n", self.read(UNIT))
        self.assertEqual("WatchdogSec=" in self.read(UNIT), not portable)
        self.assertNotIn("@", self.read(UNIT).replace("@system-service", "").replace("@privileged @resources", ""))

    def test_twice_leaves_the_configuration_alone(self):
        self.install("/usr", destdir=self.root)
        mine = "# mine\n"
        with open(os.path.join(self.root, "etc/kamaelia/kamaelia.yaml"), "w", encoding="utf-8") as file:
            file.write(mine)
        self.assertIn("Kept as it is", self.install("/usr", destdir=self.root))
        self.assertEqual(self.read("etc/kamaelia/kamaelia.yaml"), mine)

    def test_brings_a_user_and_directories(self):
        self.install("/usr", destdir=self.root)
        self.succeeds("systemd-sysusers", "--root=" + self.root)
        self.assertRegex(self.read("etc/passwd"), r"(?m)^kamaelia:x:\d+:\d+:.*:/var/lib/kamaelia:/usr/sbin/nologin$")
        self.succeeds("systemd-tmpfiles", "--root=" + self.root, "--create")
        media = os.stat(os.path.join(self.root, "var/lib/kamaelia/media"))
        self.assertEqual(stat.S_IMODE(media.st_mode), 0o775)
        self.assertIn(f"kamaelia:x:{media.st_uid}:{media.st_gid}:", self.read("etc/passwd"))


class Unit(InstallCase):
    def setUp(self):
        super().setUp()
        self.install(self.root)
        self.unit = os.path.join(self.root, UNIT)

    def test_is_one(self):
        done = self.succeeds("systemd-analyze", "verify", "--man=no", self.unit)
        self.assertEqual([line for line in done.stderr.splitlines() if "kamaelia" in line], [])

    def test_gives_the_program_little_to_do_harm_with(self):
        done = self.succeeds("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE * 10:.0f}",
                             self.unit)
        found = re.search(r"exposure level for kamaeliad\.service: ([\d.]+)", done.stdout)
        self.assertLessEqual(float(found[1]), EXPOSURE)


if __name__ == "__main__":
    unittest.main()
