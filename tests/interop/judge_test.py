#!/usr/bin/python3
"""The judge itself: it must say no to everything that is not the audio, and yes to right decoders."""

import os
import struct
import subprocess
import sys
import tempfile
import unittest

import numpy as np

import harness
import judge
from judge import Audio

RATE = 44100


class JudgeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.clip = harness.Clip(cls.work, "played.ogg", RATE, 2)
        cls.reference = cls.clip.reference

    def verdict(self, samples, **options):
        return judge.judge(self.reference, Audio(RATE, samples), **options)

    def assert_right(self, samples, **options):
        verdict = self.verdict(samples, **options)
        self.assertTrue(verdict.ok, str(verdict))
        return verdict

    def assert_wrong(self, reason, samples, **options):
        verdict = self.verdict(samples, **options)
        self.assertFalse(verdict.ok, str(verdict))
        self.assertIn(reason, verdict.reason)
        return verdict

    def part(self, start, end):
        return self.reference.samples[int(start * RATE):int(end * RATE)]

    # yes

    def test_accepts_the_decode_of_libvorbis(self):
        verdict = self.assert_right(self.reference.samples, min_seconds=11.9)
        self.assertEqual((verdict.start, verdict.jumps, verdict.share), (0, 0, 1))

    def test_accepts_the_decode_of_ffmpeg(self):
        path = os.path.join(self.work, "ffmpeg.wav")
        harness.run(["ffmpeg", "-v", "error", "-y", "-i", self.clip.path, path])
        verdict = self.assert_right(judge.read_wav(path).samples, min_seconds=11.9)
        self.assertGreater(verdict.median, 0.9999)

    def test_accepts_a_listener_that_joins_late_and_says_where(self):
        verdict = self.assert_right(self.part(5.1, 10))
        self.assertAlmostEqual(verdict.start, 5.1, places=3)

    def test_accepts_silence_before_the_audio(self):
        verdict = self.assert_right(np.concatenate([np.zeros((RATE, 2)), self.part(0, 6)]))
        self.assertAlmostEqual(verdict.start, -1, places=3)

    def test_accepts_noise_while_a_decoder_warms_up(self):
        samples = self.part(2, 8).copy()
        samples[:int(0.2 * RATE)] *= -1
        self.assert_right(samples)

    def test_accepts_an_endless_repeat(self):
        joined = np.concatenate([self.part(7, 12), self.part(0, 12), self.part(0, 12), self.part(0, 4)])
        self.assert_right(joined, loop=True, min_seconds=30)

    def test_accepts_a_block_too_much_where_a_repeat_begins_again(self):
        joined = np.concatenate([self.part(7, 12), self.part(3, 3.02), self.part(0, 12), self.part(0, 4)])
        self.assert_right(joined, loop=True)

    def test_accepts_as_many_small_cuts_as_it_was_told_to(self):
        cut = np.concatenate([self.part(0, 5), self.part(5.02, 12)])
        self.assert_wrong("missing or doubled", cut)
        self.assert_right(cut, jumps=1)
        self.assert_wrong("missing or doubled", np.concatenate([self.part(0, 5), self.part(5.5, 12)]), jumps=1)

    # no

    def test_refuses_other_audio(self):
        self.assert_wrong("other audio", harness.distinctive(12, RATE, 2, seed=99))

    def test_refuses_another_quality(self):
        for quality in (-1, 3, 5, 8):
            with self.subTest(quality=quality):
                other = harness.Clip(self.work, "other.ogg", RATE, 2, quality=quality)
                self.assert_wrong("other audio", other.reference.samples)

    def test_refuses_swapped_channels(self):
        self.assert_wrong("other audio", self.reference.samples[:, ::-1])

    def test_refuses_one_channel_in_both(self):
        self.assert_wrong("other audio", self.reference.samples[:, [0, 0]])

    def test_refuses_half_a_second_missing(self):
        verdict = self.assert_wrong("missing or doubled", np.concatenate([self.part(0, 5), self.part(5.5, 12)]))
        self.assertEqual(verdict.jumps, 1)

    def test_refuses_half_a_second_doubled(self):
        self.assert_wrong("missing or doubled", np.concatenate([self.part(0, 5), self.part(4.5, 12)]))

    def test_refuses_a_cut_within_the_first_seconds(self):
        self.assert_wrong("other audio", np.concatenate([self.part(0, 1), self.part(1.5, 12)]))

    def test_refuses_a_cut_in_an_endless_repeat(self):
        joined = np.concatenate([self.part(0, 12), self.part(0, 5), self.part(5.5, 12)])
        self.assert_wrong("missing or doubled", joined, loop=True)

    def test_refuses_half_a_second_missing_where_a_repeat_begins_again(self):
        joined = np.concatenate([self.part(0, 11.5), self.part(0, 12)])
        self.assert_wrong("missing or doubled", joined, loop=True)

    def test_refuses_a_repeat_where_none_is_expected(self):
        self.assert_wrong("missing or doubled", np.concatenate([self.part(0, 12), self.part(0, 12)]))

    def test_refuses_silence(self):
        self.assert_wrong("silence", np.zeros((12 * RATE, 2)))
        self.assert_wrong("silence", np.zeros((0, 2)))

    def test_refuses_silence_instead_of_the_second_half(self):
        self.assert_wrong("other audio", np.concatenate([self.part(0, 6), np.zeros((6 * RATE, 2))]))

    def test_refuses_what_is_too_short(self):
        self.assert_wrong("too short", self.part(0, 11), min_seconds=11.9)
        self.assert_wrong("too short", self.part(0, 0.4), min_seconds=0)

    def test_refuses_another_rate_and_another_number_of_channels(self):
        for heard in (Audio(48000, self.reference.samples), Audio(RATE, self.reference.samples[:, :1])):
            self.assertIn("expected 2 channels at 44100 Hz", judge.judge(self.reference, heard).reason)

    # WAV files and the command line

    def write(self, name, kind, samples, size=None):
        data = samples.tobytes()
        form = struct.pack("<HHIIHH", kind, 2, RATE, RATE * 2 * samples.itemsize, 2 * samples.itemsize,
                           8 * samples.itemsize)
        size = len(data) if size is None else size
        path = os.path.join(self.work, name)
        with open(path, "wb") as file:
            file.write(b"RIFF\xff\xff\xff\xffWAVE" + b"LIST" + struct.pack("<I", 3) + b"abc\0"
                       + b"fmt " + struct.pack("<I", len(form)) + form
                       + b"data" + struct.pack("<I", size) + data)
        return path

    def test_reads_whatever_clients_write(self):
        floats = self.reference.samples.astype("<f4")
        shorts = np.round(self.reference.samples * 32768).astype("<i2")
        for name, path in (("float", self.write("float.wav", 3, floats)),
                           ("unknown length", self.write("endless.wav", 1, shorts, 0xFFFFFFFF)),
                           ("length never written", self.write("zero.wav", 1, shorts, 0))):
            with self.subTest(name):
                self.assert_right(judge.read_wav(path).samples, min_seconds=11.9)

    def test_says_what_is_not_a_wav_file(self):
        with self.assertRaisesRegex(ValueError, "not a WAV file"):
            judge.read_wav(self.clip.path)

    def test_command_line_answers_by_exit_code(self):
        right = self.write("right.wav", 3, self.reference.samples.astype("<f4"))
        wrong = self.write("wrong.wav", 3, self.reference.samples[:, ::-1].astype("<f4"))
        for heard, code, word in ((right, 0, "right: the same audio"), (wrong, 1, "WRONG: other audio")):
            done = subprocess.run([sys.executable, judge.__file__, right, heard, "--min-seconds", "11"],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
            self.assertIn(word, done.stdout)


if __name__ == "__main__":
    unittest.main()
