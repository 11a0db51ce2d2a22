#!/usr/bin/python3
"""Decides whether what a client heard is what was played.

    judge.py REFERENCE.wav HEARD.wav [--loop] [--min-seconds N] [--share S] [--jumps N]

Length and loudness prove too little: they cannot tell one piece from another. So the place of the
first loud seconds is looked for in the reference, and from there on every quarter of a second must be
the same wave form, channel by channel. Right decoders agree to a correlation of 0.9999; another
encoder setting is already far below the threshold.

Exit code 0: right, 1: wrong (and says why).
"""

import argparse
import struct
import sys
from dataclasses import dataclass

import numpy as np

THRESHOLD = 0.98        # a window is good from this correlation on, in each channel
SHARE = 0.97            # so many of the windows must be good
WINDOW = 0.25
ANCHOR = 4.0            # of the first loud audio, to find the place
WARM_UP = 0.3           # after joining, a decoder may need a block or two
SMALL_JUMP = 8192       # samples: a block or two
LOUD = 1e-3             # RMS; full scale is 1
SEARCHES = 8            # of a lost place; audio that is lost more often is wrong anyway


@dataclass
class Audio:
    rate: int
    samples: np.ndarray         # [sample, channel]

    @property
    def seconds(self):
        return len(self.samples) / self.rate


@dataclass
class Verdict:
    ok: bool
    reason: str
    start: float = 0.0          # the place in the reference, seconds, of the first sample in the file
    heard: float = 0.0          # seconds, from the first that are not silence
    judged: float = 0.0         # seconds that were compared
    share: float = 0.0          # of the windows, that are good
    median: float = 0.0         # correlation
    jumps: int = 0              # places where audio is missing or doubled

    def __str__(self):
        return (f"{'right' if self.ok else 'WRONG'}: {self.reason} (heard {self.heard:.2f} s from {self.start:.3f} s, "
                f"judged {self.judged:.2f} s, {100 * self.share:.1f} % good, "
                f"median correlation {self.median:.5f}, {self.jumps} jumps)")


def read_wav(path):
    """Any PCM or float WAV. Clients that write to a pipe leave the lengths wrong; the file's end counts."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise ValueError(f"{path}: not a WAV file")
    at, form = 12, None
    while at + 8 <= len(data):
        name, size = data[at:at + 4], struct.unpack_from("<I", data, at + 4)[0]
        at += 8
        if name == b"fmt ":
            kind, channels, rate, _, block, bits = struct.unpack_from("<HHIIHH", data, at)
            if kind == 0xFFFE:                              # extensible: the kind opens the GUID
                kind = struct.unpack_from("<H", data, at + 24)[0]
            form = {(1, 16): "<i2", (1, 32): "<i4", (3, 32): "<f4", (3, 64): "<f8"}.get((kind, bits))
            if form is None:
                raise ValueError(f"{path}: WAV of kind {kind} with {bits} bits")
        elif name == b"data":
            if form is None:
                raise ValueError(f"{path}: data before its format")
            length = min(size or len(data), len(data) - at) // block * block
            samples = np.frombuffer(data, form, length // np.dtype(form).itemsize, at).astype(np.float64)
            if form[1] == "i":
                samples /= float(1 << (bits - 1))
            return Audio(rate, samples.reshape(-1, channels))
        at += size + size % 2
    raise ValueError(f"{path}: no audio in it")


def judge(reference, heard, loop=False, min_seconds=3.0, share=SHARE, jumps=0):
    """`loop`: the reference is played endlessly. `jumps`: so many small ones are forgiven, for a capture
    that drops blocks by itself. At the joint of a loop one always is: a stream carries no end-trim."""
    verdict = Verdict(False, "")
    if heard.rate != reference.rate or heard.samples.shape[1] != reference.samples.shape[1]:
        verdict.reason = (f"expected {reference.samples.shape[1]} channels at {reference.rate} Hz, "
                          f"got {heard.samples.shape[1]} at {heard.rate}")
        return verdict
    first = first_loud(heard)
    if first is None:
        verdict.reason = "silence"
        return verdict

    verdict.heard = heard.seconds - first / heard.rate
    begin = first + int(WARM_UP * heard.rate)
    score = Comparison(reference.samples, heard.samples, heard.rate, loop, begin)
    correlations = score.run()
    verdict.start = score.first_lag / heard.rate
    verdict.judged = len(correlations) * WINDOW
    verdict.jumps = score.jumps
    if correlations:
        verdict.share = float(np.mean(np.array(correlations) >= THRESHOLD))
        verdict.median = float(np.median(correlations))

    if not correlations or verdict.heard < min_seconds:
        verdict.reason = f"too short, expected {min_seconds:g} s"
    elif verdict.share < share:
        verdict.reason = f"other audio, expected {100 * share:g} % of the windows to be good"
    elif verdict.jumps > jumps or score.largest_jump > SMALL_JUMP:
        verdict.reason = "audio is missing or doubled"
    else:
        verdict.ok, verdict.reason = True, "the same audio"
    return verdict


class Comparison:
    """One walk over what was heard, window by window, keeping the place in the reference."""

    def __init__(self, reference, heard, rate, loop, begin):
        self.reference, self.heard, self.loop = reference, heard, loop
        self.window = int(WINDOW * rate)
        self.anchor = int(ANCHOR * rate)
        self.begin = begin
        self.lag = self.first_lag = 0       # reference position - heard position
        self.jumps = self.largest_jump = 0
        # What `find` needs of the reference. What is found may overhang its end.
        around = self.part(0, len(reference) + self.anchor)
        self.size = 1 << (len(around) - 1).bit_length()
        self.spectrum = np.fft.rfft(around, self.size, axis=0)
        self.energy = np.concatenate(([0.0], np.cumsum((around ** 2).sum(axis=1))))

    def run(self):
        self.lag = self.first_lag = self.find(self.begin)
        correlations, searches = [], 0
        for at in range(self.begin, len(self.heard) - self.window + 1, self.window):
            result = self.correlate(at, self.lag)
            if result is not None and result < THRESHOLD and searches < SEARCHES:
                # Perhaps the place was lost. A cut inside this window spoils only this one, so the
                # next decides about the new place.
                searches += 1
                result = self.relocate(at, result)
            if result is not None:
                correlations.append(result)
        return correlations

    def relocate(self, at, result):
        after = at + self.window
        if after + self.window > len(self.heard):
            return result
        lag = self.find(after)
        moved = (lag - self.lag) % len(self.reference) if self.loop else lag - self.lag
        if moved == 0:
            return result
        there = self.correlate(after, lag)
        if there is None or there < THRESHOLD:
            return result
        distance = min(moved, len(self.reference) - moved) if self.loop else abs(moved)
        if not (self.loop and self.at_joint(at) and distance <= SMALL_JUMP):
            self.jumps += 1
            self.largest_jump = max(self.largest_jump, distance)
        self.lag = lag
        return max(result, self.correlate(at, lag) or 0)

    def at_joint(self, at):
        place = (at + self.lag) % len(self.reference)
        return min(place, len(self.reference) - place) <= SMALL_JUMP + 2 * self.window

    def part(self, start, length):
        """Of the reference; silence surrounds it, or itself."""
        if self.loop:
            return self.reference[np.arange(start, start + length) % len(self.reference)]
        part = np.zeros((length, self.reference.shape[1]))
        low, high = max(start, 0), min(start + length, len(self.reference))
        if low < high:
            part[low - start:high - start] = self.reference[low:high]
        return part

    def correlate(self, at, lag):
        """The worst channel's; None where neither has anything to compare."""
        worst = None
        ours, theirs = self.part(at + lag, self.window), self.heard[at:at + self.window]
        for x, y in zip(ours.T, theirs.T):
            loud_x, loud_y = rms(x) >= LOUD, rms(y) >= LOUD
            if not loud_x and not loud_y:
                continue
            x, y = x - x.mean(), y - y.mean()
            power = np.sqrt(np.dot(x, x) * np.dot(y, y))
            value = float(np.dot(x, y) / power) if loud_x and loud_y and power > 0 else 0.0
            worst = value if worst is None else min(worst, value)
        return worst

    def find(self, at):
        """The lag at which the next seconds fit best into the reference."""
        piece = self.heard[at:at + self.anchor]
        spectrum = np.conj(np.fft.rfft(piece, self.size, axis=0)) * self.spectrum
        product = np.fft.irfft(spectrum.sum(axis=1), self.size)[:len(self.reference)]
        energy = self.energy[len(piece):len(piece) + len(product)] - self.energy[:len(product)]
        floor = LOUD ** 2 * len(piece)
        return int(np.argmax(product / np.sqrt(np.maximum(energy, floor)))) - at


def rms(samples):
    return float(np.sqrt(np.mean(samples ** 2)))


def first_loud(audio):
    """Index of the first 10 ms that are not silence, or None."""
    block = max(1, audio.rate // 100)
    for at in range(0, len(audio.samples), block):
        if rms(audio.samples[at:at + block]) >= LOUD:
            return at
    return None


def main():
    parser = argparse.ArgumentParser(description="Is what was heard what was played?")
    parser.add_argument("reference")
    parser.add_argument("heard")
    parser.add_argument("--loop", action="store_true", help="the reference is played endlessly")
    parser.add_argument("--min-seconds", type=float, default=3.0, help="less than that is wrong (3)")
    parser.add_argument("--share", type=float, default=SHARE, help=f"of good windows ({SHARE})")
    parser.add_argument("--jumps", type=int, default=0, help="small cuts that are forgiven (0)")
    options = parser.parse_args()
    verdict = judge(read_wav(options.reference), read_wav(options.heard), options.loop,
                    options.min_seconds, options.share, options.jumps)
    print(verdict)
    return 0 if verdict.ok else 1


if __name__ == "__main__":
    sys.exit(main())
