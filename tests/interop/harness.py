"""What the interop tests share: audio to play, the daemon under test, and bounded runs of real clients."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.request
import wave

import numpy as np

import judge

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.environ.get("KAMAELIAD", os.path.join(ROOT, "build/release/server/kamaeliad"))
FULL = os.environ.get("KAMAELIA_INTEROP") == "full"

# These bounds only end what hangs; a busy machine must not reach them.
START_SECONDS = 30
STOP_SECONDS = 15
CLIENT_SECONDS = 90

SANITIZER = re.compile(r"(Address|Leak|Thread|Memory|UndefinedBehavior)Sanitizer|runtime error:")


# --- audio -------------------------------------------------------------------------------------

def distinctive(seconds, rate, channels, seed=1):
    """Audio in which no two moments are alike: notes by chance over bands of noise by chance, another
    in each channel. The noise makes it tell one encoder setting from another."""
    rng = np.random.default_rng(seed)
    count = int(seconds * rate)
    out = np.zeros((count, channels))
    for channel in range(channels):
        spectrum = np.fft.rfft(rng.standard_normal(count))
        spectrum[int(0.4 * len(spectrum)):] = 0             # well below the encoder's low-pass
        noise = np.fft.irfft(spectrum, count)
        level = np.interp(np.arange(count), np.linspace(0, count, int(8 * seconds)),
                          rng.uniform(0.05, 0.3, int(8 * seconds)))
        out[:, channel] = 0.35 * level * noise / np.abs(noise).std()
        for start in np.arange(0, seconds, 0.15):
            t = np.arange(int(min(0.6, seconds - start) * rate)) / rate
            at = int(start * rate)
            piece = out[at:at + len(t), channel]
            note = np.sin(2 * np.pi * rng.uniform(110, 0.2 * rate) * t) * np.exp(-6 * t)
            piece += 0.12 * note[:len(piece)]
    return np.clip(out, -0.98, 0.98)


def write_wav(path, samples, rate):
    with wave.open(path, "wb") as out:
        out.setnchannels(samples.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.round(samples * 32767).astype("<i2").tobytes())


class Clip:
    """An Ogg Vorbis file below `directory`, and what libvorbis makes of it. Its serial number is `seed`: those of
    the tracks of a chain have to differ (RFC 3533, section 4)."""

    def __init__(self, directory, name, rate, channels, seconds=12, quality=4, seed=1):
        self.name, self.rate, self.channels, self.seconds = name, rate, channels, seconds
        self.path = os.path.join(directory, name)
        with tempfile.TemporaryDirectory() as work:
            pcm, decoded = os.path.join(work, "in.wav"), os.path.join(work, "out.wav")
            write_wav(pcm, distinctive(seconds, rate, channels, seed), rate)
            run(["oggenc", "-Q", "-q", str(quality), "--serial", str(seed), "-o", self.path, pcm])
            run(["oggdec", "-Q", "-o", decoded, self.path])
            self.reference = judge.read_wav(decoded)
        with open(self.path, "rb") as file:
            self.data = file.read()


# (name, rate, channels)
CLIPS = [("stereo44.ogg", 44100, 2)]
if FULL:
    CLIPS += [("mono44.ogg", 44100, 1), ("mono8.ogg", 8000, 1), ("stereo48.ogg", 48000, 2)]
RATES = [(f"{word}{rate // 1000}.ogg", rate, channels)
         for rate in (8000, 11025, 16000, 22050, 32000, 44100, 48000)
         for channels, word in ((1, "mono"), (2, "stereo"))]


def table(rows, columns):
    """Class decorator: a test for each row and column, so that each pair passes or fails by itself.
    The class has `check(self, row, column)`; both are named by their first element."""
    def decorate(case):
        for row in rows:
            for column in columns:
                def test(self, row=row, column=column):
                    self.check(row, column)
                name = re.sub(r"\W", "_", f"test_{row[0]}_{column[0]}")
                test.__name__ = name
                setattr(case, name, test)
        return case
    return decorate


# --- clients -----------------------------------------------------------------------------------

class TimedOut(AssertionError):
    """A client had to be stopped: whether it could have done what it was to do nobody knows."""


def run(command, timeout=CLIENT_SECONDS, check=True, **options):
    """Runs a client in a process group of its own and leaves nothing of it behind. A client that is
    not installed raises, so its test fails: it is never skipped."""
    options.setdefault("stdin", subprocess.DEVNULL)         # ffmpeg and mpv would read keys from it
    client = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              start_new_session=True, **options)
    try:
        out, err = client.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(client.pid, signal.SIGKILL)
        out, err = client.communicate()
        raise TimedOut(f"{command[0]} still runs after {timeout} s: {tail(err)}") from None
    if check and client.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {client.returncode}: {tail(err)}")
    return subprocess.CompletedProcess(command, client.returncode, out, err)


def wait_until(condition, seconds=CLIENT_SECONDS):
    """Whether it came true."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def tail(output, lines=12):
    return "\n".join(output.decode(errors="replace").splitlines()[-lines:])


def unprivileged(command, home):
    """VLC refuses to be root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", f"HOME={home}"] + command


# --- the daemon --------------------------------------------------------------------------------

class Daemon:
    """kamaeliad with a configuration given as text: `with Daemon(text, media) as daemon:`.

    Ports in it are 0; the line that says it is ready names the real ones, `ready: NAME=URL ...`, and
    `url["NAME"]` is that URL, the last one where there are several. `prefix` is a command that starts it,
    as `prlimit`. When the block ends it has to stop as asked, cleanly.
    """

    def __init__(self, config, media, *arguments, prefix=()):
        self.config, self.media, self.arguments, self.prefix = config, media, arguments, prefix
        self.url = {}
        self.log = []

    def __enter__(self):
        self.work = tempfile.mkdtemp(prefix="kamaelia-")
        path = os.path.join(self.work, "kamaelia.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.config)
        self.ready = threading.Event()
        try:
            self.process = subprocess.Popen(
                [*self.prefix, BINARY, "run", "--config", path, "--media", self.media, *self.arguments],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        except OSError:
            shutil.rmtree(self.work)
            raise
        self.reader = threading.Thread(target=self.read_log)
        self.reader.start()
        self.ready.wait(START_SECONDS)
        if not self.url:
            self.process.kill()
            self.finish()
            raise AssertionError("the daemon was not ready:\n" + "".join(self.log[-20:]))
        return self

    def read_log(self):
        for line in self.process.stderr:
            self.log.append(line)
            found = re.search(r"\bready: (.*)", line)
            if found and not self.url:
                self.url = dict(re.findall(r"(\S+?)=([\w+]+://\S+)", found[1]))
                self.ready.set()
        self.ready.set()                # it has ended

    def __exit__(self, kind, error, trace):
        began = time.monotonic()
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
            late = False
        except subprocess.TimeoutExpired:
            self.process.kill()
            late = True
        took = time.monotonic() - began
        code = self.finish()
        log = "".join(self.log[-20:])
        if late:
            complaint = f"the daemon had not stopped {took:.1f} s after SIGTERM"
        elif SANITIZER.search("".join(self.log)):
            complaint, log = "a sanitizer reported an error", "".join(self.log)
        elif code != 0:
            complaint = f"the daemon ended with {code}, expected 0"
        else:
            return
        # The test's own failure would be hidden otherwise; it is the context of this one.
        raise AssertionError(f"{complaint}:\n{log}") from error

    def finish(self):
        code = self.process.wait()
        self.reader.join(STOP_SECONDS)
        self.process.stderr.close()
        shutil.rmtree(self.work)
        return code

    def address(self, name):
        """(host, port)"""
        host, _, port = self.url[name].split("://", 1)[1].rstrip("/").rpartition(":")
        return host.strip("[]"), int(port)

    def metrics(self):
        """What its admin listener says, by series."""
        with urllib.request.urlopen(self.url["admin"] + "/metrics", timeout=CLIENT_SECONDS) as answer:
            lines = answer.read().decode().splitlines()
        return {series: float(value) for series, _, value in (line.rpartition(" ") for line in lines)
                if not series.startswith("#")}

    def holdings(self):
        """What clients that have gone must leave as it was, once it does not change: (components, connections,
        open files)."""
        holds, end = None, time.monotonic() + CLIENT_SECONDS
        while time.monotonic() < end:
            files = len(os.listdir(f"/proc/{self.process.pid}/fd"))
            values = self.metrics()
            connections = sum(value for series, value in values.items()
                              if series.startswith("kamaelia_connections{") and '"admin"' not in series)
            before, holds = holds, (values["kamaelia_axon_components"], connections, files)
            if holds == before:
                break
            time.sleep(1.1)             # components are counted once a second
        return holds

    def assert_holds(self, expected):
        """It does, or will soon."""
        assert wait_until(lambda: self.holdings() == expected, 30), f"{expected} became {self.holdings()}"

    def complaints(self):
        """What the log has that is worse than information, but for turns that a busy machine made long."""
        return [line for line in self.log if not re.search(r" (info|debug) |kept the others waiting", line)]


class ClipCase(unittest.TestCase):
    """A test case with clips in the directory `media`."""

    clips = CLIPS
    clip_seconds = 12
    clip_quality = {}       # other than 4, by name

    @classmethod
    def setUpClass(cls):
        cls.media = os.path.join(cls.directory(), "media")
        os.mkdir(cls.media)
        cls.clip = {name: Clip(cls.media, name, rate, channels, seconds=cls.clip_seconds,
                               quality=cls.clip_quality.get(name, 4), seed=seed)
                    for seed, (name, rate, channels) in enumerate(cls.clips, 1)}

    @classmethod
    def directory(cls):
        """A temporary one; anyone may write into it, unprivileged clients too."""
        path = tempfile.mkdtemp(prefix="kamaelia-")
        cls.addClassCleanup(shutil.rmtree, path)
        os.chmod(path, 0o777)
        return path

    def assert_heard(self, clip, path, start=0.0, seconds=None, short=0.5, **options):
        """The WAV file at `path` is `clip` from `start` on, to its end or for `seconds`; `short` of these may miss."""
        heard = judge.read_wav(path)
        expected = clip.seconds - start if seconds is None else seconds
        verdict = judge.judge(clip.reference, heard, min_seconds=expected - short, **options)
        if not verdict.ok:
            self.fail(str(verdict))
        self.assertAlmostEqual(verdict.start, start, delta=0.3, msg=str(verdict))
        return verdict


class DaemonCase(ClipCase):
    """One daemon for all tests of the case. Set `config`."""

    config = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.daemon = cls.enterClassContext(Daemon(cls.config, cls.media))
