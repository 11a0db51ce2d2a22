#!/usr/bin/python3
"""GStreamer's RTSP client, which seeks and pauses too: what it decodes goes into a WAV file.

    rtspsrc.py [--transport udp|tcp] [--start S] [--stop S] [--pause AFTER FOR] URL FILE.wav

It ends by itself when the server says goodbye. `--start`, `--stop`: it plays that part, in seconds. `--pause`: after so
many seconds of audio it pauses for so many of the clock. To be run with Debian's interpreter, which has `gi`.
"""

import argparse
import os
import sys
import threading
import wave

import gi

gi.require_version("Gst", "1.0")
from gi.repository import Gst  # noqa: E402: found only now

PIPELINE = ("rtspsrc name=source protocols={transport} latency=200 ! decodebin ! audioconvert"
            " ! audio/x-raw,format=S16LE,layout=interleaved ! appsink name=sink emit-signals=true sync=false async=false")
SILENCE = 3                 # seconds, after which it has come to an end


class Player:
    def __init__(self, url, transport):
        self.pipeline = Gst.parse_launch(PIPELINE.format(transport=transport))
        self.pipeline.get_by_name("source").set_property("location", url)
        sink = self.pipeline.get_by_name("sink")
        sink.connect("new-sample", self.take)
        sink.get_static_pad("sink").add_probe(Gst.PadProbeType.EVENT_FLUSH, self.forget)
        self.form = None
        self.pieces = []
        self.heard = threading.Condition()

    def take(self, sink):
        sample = sink.emit("pull-sample")
        form, buffer = sample.get_caps().get_structure(0), sample.get_buffer()
        with self.heard:
            self.form = form.get_value("channels"), form.get_value("rate")
            self.pieces.append(buffer.extract_dup(0, buffer.get_size()))
            self.heard.notify()
        return Gst.FlowReturn.OK

    def forget(self, _pad, _info):
        """It goes elsewhere: what it had until now does not count."""
        with self.heard:
            self.pieces.clear()
        return Gst.PadProbeReturn.OK

    def seconds(self):
        channels, rate = self.form or (1, 1)
        return sum(map(len, self.pieces)) / (2 * channels * rate)

    def wait(self, seconds):
        """Until so much audio is there."""
        with self.heard:
            if not self.heard.wait_for(lambda: self.form and self.seconds() >= seconds, timeout=30):
                sys.exit("hears nothing")

    def play(self):
        self.pipeline.set_state(Gst.State.PLAYING)

    def pause(self, seconds):
        self.pipeline.set_state(Gst.State.PAUSED)
        threading.Event().wait(seconds)
        self.play()

    def seek(self, start, stop):
        if not self.pipeline.seek(1.0, Gst.Format.TIME, Gst.SeekFlags.FLUSH, Gst.SeekType.SET, int(start * Gst.SECOND),
                                  Gst.SeekType.NONE if stop is None else Gst.SeekType.SET, int((stop or 0) * Gst.SECOND)):
            sys.exit("cannot seek")

    def end(self):
        """Now and then, with any server, its jitter buffer keeps the end for itself when that comes together with the last
        packet: then it ends because it hears nothing any more."""
        bus, heard = self.pipeline.get_bus(), None
        while not (ended := bus.timed_pop_filtered(SILENCE * Gst.SECOND, Gst.MessageType.EOS | Gst.MessageType.ERROR)):
            if self.form and heard == len(self.pieces):
                return
            heard = len(self.pieces)
        if ended.type == Gst.MessageType.ERROR:
            sys.exit(str(ended.parse_error()))

    def write(self, path):
        channels, rate = self.form
        with wave.open(path, "wb") as out:
            out.setnchannels(channels)
            out.setsampwidth(2)
            out.setframerate(rate)
            out.writeframes(b"".join(self.pieces))

    def close(self):
        """TEARDOWN; it may not come back from that either."""
        closing = threading.Thread(target=self.pipeline.set_state, args=(Gst.State.NULL,), daemon=True)
        closing.start()
        closing.join(SILENCE)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--transport", choices=("udp", "tcp"), default="udp")
    parser.add_argument("--start", type=float)
    parser.add_argument("--stop", type=float)
    parser.add_argument("--pause", type=float, nargs=2)
    parser.add_argument("url")
    parser.add_argument("wav")
    options = parser.parse_args()
    Gst.init(None)
    player = Player(options.url, options.transport)
    player.play()
    if options.start is not None or options.stop is not None:
        player.wait(0.1)
        player.seek(options.start or 0.0, options.stop)
    if options.pause:
        player.wait(options.pause[0])
        player.pause(options.pause[1])
    player.end()
    player.write(options.wav)
    player.close()
    os._exit(0)


if __name__ == "__main__":
    main()
