"""Real players, each as a function that plays a URL into a WAV file: player(url, wav, directory, start=0.0).

`start` is where it shall begin, in seconds: it has to seek. `directory` is for what it needs besides; anyone
may write there.
"""

import os
import re

import numpy as np

from harness import run, unprivileged, write_wav

WAV_SINK = ["audioconvert", "!", "audio/x-raw,format=S16LE", "!", "wavenc", "!", "filesink"]

# The command line cannot seek: playbin is brought to a stop before the first sample, sought, and let go.
SEEK_PLAYBIN = """
import sys
import gi
gi.require_version("Gst", "1.0")
from gi.repository import Gst
Gst.init(None)
uri, sink, start = sys.argv[1:]
player = Gst.ElementFactory.make("playbin")
player.set_property("uri", uri)
player.set_property("audio-sink", Gst.parse_bin_from_description(sink, True))
for _ in range(8):      # now and then it takes a file that came at once for one without a length, from any server
    player.set_state(Gst.State.PAUSED)
    player.get_state(Gst.CLOCK_TIME_NONE)
    if player.seek_simple(Gst.Format.TIME, Gst.SeekFlags.FLUSH | Gst.SeekFlags.ACCURATE, int(float(start) * Gst.SECOND)):
        break
    player.set_state(Gst.State.NULL)
else:
    sys.exit("cannot seek")
player.get_state(Gst.CLOCK_TIME_NONE)
player.set_state(Gst.State.PLAYING)
ended = player.get_bus().timed_pop_filtered(Gst.CLOCK_TIME_NONE, Gst.MessageType.EOS | Gst.MessageType.ERROR)
player.set_state(Gst.State.NULL)
assert ended.type == Gst.MessageType.EOS, ended.parse_error()
"""


# A player that is told to start at 0 seeks as well, and some then play the first track of a chain only.
def option(start, *words):
    return [word.format(start) for word in words] if start else []


def ogg123(url, wav, _directory, start=0.0):
    run(["ogg123", "-q", *option(start, "-k", "{}"), "-d", "wav", "-f", wav, url])


def ffmpeg(url, wav, _directory, start=0.0):
    run(["ffmpeg", "-v", "error", "-y", *option(start, "-ss", "{}"), "-i", url, wav])


def ffplay(url, wav, directory, start=0.0):
    """SDL writes to a file what ffplay plays, faster than it is meant to be heard. When ffplay has nothing to play yet
    it plays zeros; no clip has so many of them."""
    raw = os.path.join(directory, "heard.raw")
    env = dict(os.environ, SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="disk", SDL_DISKAUDIOFILE=raw, SDL_DISKAUDIODELAY="5")
    said = run(["ffplay", "-nodisp", "-autoexit", *option(start, "-ss", "{}"), url], env=env).stderr
    form = re.search(rb"(\d+) Hz, (mono|stereo)", said)        # of the first track: the others are made like it
    if not form:
        raise AssertionError(f"ffplay plays nothing: {said.decode(errors='replace')}")
    samples = np.fromfile(raw, "<i2").reshape(-1, 1 if form[2] == b"mono" else 2)
    silent = np.concatenate(([False], ~samples.any(axis=1), [False]))
    keep = np.ones(len(samples), bool)
    for begin, end in np.flatnonzero(np.diff(silent)).reshape(-1, 2):
        keep[begin:end] = end - begin < 100
    write_wav(wav, samples[keep] / 32767, int(form[1]))


def mpv(url, wav, _directory, start=0.0):
    # Gapless: it goes on where a chain changes its form, and hangs there otherwise, because of the WAV file.
    run(["mpv", "--no-config", "--no-video", "--msg-level=all=warn", "--gapless-audio=yes", "--ao=pcm",
         f"--ao-pcm-file={wav}", *option(start, "--start={}"), url])


def vlc(url, wav, directory, start=0.0):
    run(unprivileged(["cvlc", "-q", "--no-media-library", "--play-and-exit", *option(start, "--start-time={}"), url, "--sout",
                      f"#transcode{{acodec=s16l}}:std{{access=file,mux=wav,dst={wav}}}"], directory))


def playbin(url, wav, _directory, start=0.0):
    sink = " ".join([*WAV_SINK, f"location={wav}"])
    if start:
        run(["/usr/bin/python3", "-c", SEEK_PLAYBIN, url, sink.replace(" filesink", " filesink async=false"), str(start)])
    else:
        run(["gst-launch-1.0", "-q", "playbin", f"uri={url}", f"audio-sink={sink}"])


def oggdemux(url, wav, _directory):
    """A pipeline that somebody wired by hand; it cannot seek."""
    source = ["filesrc", "location=" + url.removeprefix("file://")] if url.startswith("file:") \
        else ["souphttpsrc", f"location={url}"]
    run(["gst-launch-1.0", "-q", *source, "!", "oggdemux", "!", "vorbisdec", "!", *WAV_SINK, f"location={wav}"])


def curl(url, wav, directory):
    ogg = os.path.join(directory, "fetched.ogg")
    run(["curl", "-sS", "--fail", "-o", ogg, url])
    run(["oggdec", "-Q", "-o", wav, ogg])


PLAYERS = [ogg123, ffmpeg, ffplay, mpv, vlc, playbin, oggdemux, curl]
