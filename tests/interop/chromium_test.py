#!/usr/bin/python3
"""A browser opens the index page, and a person presses play: the audio really plays, and can be sought."""

import base64
import os
import shutil
import unittest

import numpy as np

import judge
from devtools import Chromium
from harness import CLIPS, FULL, RATES, DaemonCase, table

CONFIG = """
servers:
  web: { listen: "http://127.0.0.1:0" }
"""

# Keeps the element that plays, wherever the page has it, and taps its audio by a worklet: that runs in
# the audio thread, and its messages wait for a late main thread.
TAP = """
window.tap = {element: null, ended: false, blocks: [], ready: false};
tap.start = async (rate, channels) => {
    tap.context = new AudioContext({sampleRate: rate});
    const source = `registerProcessor("tap", class extends AudioWorkletProcessor {
        process(inputs) {
            if (inputs[0].length)
                this.port.postMessage(inputs[0].map(channel => channel.slice()));
            return true;
        }
    })`;
    await tap.context.audioWorklet.addModule(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
    tap.node = new AudioWorkletNode(tap.context, "tap", {channelCount: channels, channelCountMode: "explicit"});
    tap.node.port.onmessage = event => tap.blocks.push(event.data);
    tap.node.connect(tap.context.destination);
    tap.ready = true;
};
tap.playing = element => {
    if (tap.element || !tap.ready)
        return;
    tap.element = element;
    tap.context.createMediaElementSource(element).connect(tap.node);
    element.addEventListener("ended", () => tap.ended = true, true);        // before the page's own
};
document.addEventListener("play", event => tap.playing(event.target), true);
tap.play = HTMLMediaElement.prototype.play;         // an element outside of the document
HTMLMediaElement.prototype.play = function() {
    tap.playing(this);
    return tap.ended ? Promise.resolve() : tap.play.call(this);         // one track is enough, the page has more
};
tap.take = () => {          // 16 bit, interleaved, base64
    const blocks = tap.blocks.splice(0), samples = [];
    for (const block of blocks)
        for (let i = 0; i < block[0].length; i++)
            for (const channel of block)
                samples.push(Math.max(-1, Math.min(1, channel[i])) * 32767);
    const bytes = new Uint8Array(Int16Array.from(samples).buffer);
    let text = "";
    for (let i = 0; i < bytes.length; i += 32768)
        text += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return btoa(text);
};
"""

# Where to press: a button of the page's own, or the play button of the browser's controls at their left.
PLACE = """(() => {
    const button = [...document.querySelectorAll("button[data-play]")].find(e => e.dataset.play.endsWith("NAME"));
    const audio = [...document.querySelectorAll("audio")].find(e => e.src.endsWith("NAME"));
    const element = button || audio;
    if (!element)
        return null;
    element.scrollIntoView({block: "center"});
    const box = element.getBoundingClientRect();
    return [button ? box.x + box.width / 2 : box.x + box.height / 2, box.y + box.height / 2];
})()"""


class TappedCase(DaemonCase):
    config = CONFIG

    def tapped(self, page, rate, channels):
        samples = np.frombuffer(base64.b64decode(page.run("tap.take()")), "<i2")
        return judge.Audio(rate, samples.reshape(-1, channels) / 32768)

    def assert_right(self, reference, heard, seconds):
        # On a busy machine the browser itself drops a block now and then.
        verdict = judge.judge(reference, heard, min_seconds=seconds, share=0.9, jumps=3)
        if not verdict.ok:
            self.fail(str(verdict))
        return verdict


@table([("chromium",)], RATES if FULL else CLIPS)
class Browser(TappedCase):
    clips = RATES if FULL else CLIPS

    def check(self, _, clip):
        clip = self.clip[clip[0]]
        with Chromium() as page:
            page.open(self.daemon.url["web"] + "/", TAP)
            page.run(f"tap.start({clip.rate}, {clip.channels})")
            place = page.run(PLACE.replace("NAME", clip.name))
            self.assertIsNotNone(place, f"the index page has nothing that plays {clip.name}")
            page.click(*place)

            page.wait("tap.element && tap.element.currentTime > 5 || tap.element && tap.element.error")
            self.assertIsNone(page.run("tap.element.error && tap.element.error.message"))
            self.assertAlmostEqual(page.run("tap.element.duration"), clip.seconds, delta=0.05)
            self.assert_tapped(page, clip, seconds=4)

            # While it plays, with the rest of what the tap heard thrown away.
            middle = clip.seconds / 2
            page.run(f"new Promise(sought => {{ tap.element.onseeked = sought; tap.element.currentTime = {middle}; }})")
            page.run("tap.take().length")
            began = page.run("tap.element.currentTime")
            self.assertGreaterEqual(began, middle)
            page.wait("tap.ended || tap.element.error")
            self.assertIsNone(page.run("tap.element.error && tap.element.error.message"))
            verdict = self.assert_tapped(page, clip, seconds=clip.seconds - began - 1)
            # It begins with the page, as it does without a server, and at low rates pages are long.
            self.assertAlmostEqual(verdict.start, began, delta=0.5 if clip.rate > 12000 else 1, msg=str(verdict))

    def assert_tapped(self, page, clip, seconds):
        return self.assert_right(clip.reference, self.tapped(page, clip.rate, clip.channels), seconds)


# The file as it is on disk, with no server in between; a page's script may not read a file: URL.
BLOB = 'URL.createObjectURL(new Blob([Uint8Array.from(atob("DATA"), c => c.charCodeAt(0))], {type: "audio/ogg"}))'


@table([("chromium",)], [("same", ("a.ogg", "b.ogg"))] + ([("other", ("a.ogg", "c.ogg"))] if FULL else []))
class Chained(TappedCase):
    """Files of two tracks. Chromium plays both where they are of one form; otherwise it takes the end of the first for
    the end of all, without an error, wherever the file is from."""

    clips = [("a.ogg", 44100, 2), ("b.ogg", 44100, 2), ("c.ogg", 22050, 1)]
    clip_seconds = 4

    def check(self, _, chain):
        name, tracks = chain
        first, second = (self.clip[track] for track in tracks)
        with open(os.path.join(self.media, name + ".ogg"), "wb") as file:
            file.write(first.data + second.data)
        served, place = self.play(f"location.origin + '/media/{name}.ogg'")
        if name == "same":
            both = judge.Audio(first.rate, np.concatenate((first.reference.samples, second.reference.samples)))
            self.assert_right(both, served, both.seconds - 0.5)
            self.assertAlmostEqual(place, both.seconds, delta=0.1)
            return
        self.assert_right(first.reference, served, first.seconds - 0.5)
        data = base64.b64encode(first.data + second.data).decode()
        local, local_place = self.play(BLOB.replace("DATA", data))
        self.assert_right(first.reference, local, first.seconds - 0.5)
        self.assertAlmostEqual(place, local_place, delta=0.1)

    def play(self, source):
        """(what is heard, the place where it ends)"""
        with Chromium() as page:
            page.open(self.daemon.url["web"] + "/", TAP)
            page.run("tap.start(44100, 2)")
            page.run(f"new Audio({source}).play()")
            page.wait("tap.ended || tap.element.error")
            self.assertIsNone(page.run("tap.element.error && tap.element.error.message"))
            return self.tapped(page, 44100, 2), page.run("tap.element.currentTime")


# A preflight goes before it: If-Range is nothing that a script may send unasked.
PART = """(async () => {
    const whole = await fetch("URL", {method: "HEAD"});
    const part = await fetch("URL", {headers: {"Range": "bytes=10-19", "If-Range": whole.headers.get("ETag")}});
    return [part.status, part.headers.get("Content-Range"), (await part.arrayBuffer()).byteLength];
})()"""


class Elsewhere(DaemonCase):
    config = CONFIG + """
  elsewhere: { listen: "http://127.0.0.1:0" }
"""

    def test_a_page_of_another_origin_fetches_a_part(self):
        name = self.clips[0][0]
        with Chromium() as page:
            page.open(self.daemon.url["elsewhere"] + "/", "")
            answer = page.run(PART.replace("URL", self.daemon.url["web"].rstrip("/") + "/media/" + name))
        self.assertEqual(answer, [206, f"bytes 10-19/{len(self.clip[name].data)}", 10])


class Phone(DaemonCase):
    config = CONFIG

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = os.path.join(cls.media, "an album")
        os.mkdir(folder)
        cls.names = ["1.ogg", "2 " + "averylongnamewithoutaspace" * 4 + ".ogg"]
        for name in cls.names:
            shutil.copy(cls.clip[cls.clips[0][0]].path, os.path.join(folder, name))

    def test_it_fits_and_plays_one_after_the_other(self):
        with Chromium() as page:
            page.call("Emulation.setDeviceMetricsOverride", width=360, height=640, deviceScaleFactor=2, mobile=True)
            page.open(self.daemon.url["web"] + "/", "")
            self.assert_fits(page)
            page.run("[...document.links].find(a => a.textContent == 'an album').click()")
            page.wait("document.title.startsWith('an album') && document.readyState == 'complete'")
            self.assert_fits(page)
            self.assertIn("0:12", page.run("document.querySelector('li').innerText"))
            place = page.run(PLACE.replace("NAME", self.names[0]))
            page.click(*place)
            page.wait("player.currentTime > 0.5")
            page.run("player.currentTime = 11.5")
            page.wait("player.src.endsWith('.ogg') && !player.src.endsWith('/1.ogg') && player.currentTime > 0.5")
            self.assertEqual(page.run("document.querySelectorAll('li.playing').length"), 1)
            page.run("document.getElementById('previous').click()")
            page.wait("player.src.endsWith('/1.ogg') && player.currentTime > 0.5")

    def assert_fits(self, page):
        self.assertLessEqual(page.run("document.documentElement.scrollWidth"), 360)
        self.assertEqual(page.run("""[...document.querySelectorAll("li button")].filter(button => {
            const box = button.getBoundingClientRect();
            return box.width < 40 || box.height < 40 || box.right > 360;
        }).length"""), 0, "a button is too small for a thumb")


if __name__ == "__main__":
    unittest.main()
