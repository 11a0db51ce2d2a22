"""Debian's gst-rtsp-server as a peer: `with GstRtsp(FILE, cpu) as peer:`, then peer.port and peer.pid."""

import os
import pathlib
import subprocess

PEER = pathlib.Path(__file__).resolve().parent / "peers" / "gst_rtsp.py"


class GstRtsp:
    """Serves FILE at /own and /shared until the end of the `with`."""

    def __init__(self, file, cpu):
        self.file, self.cpu = file, cpu

    def __enter__(self):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", PEER, self.file], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
            preexec_fn=lambda: os.sched_setaffinity(0, {self.cpu}))
        self.pid = self.process.pid
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, kind, error, trace):
        self.process.kill()
        self.process.communicate()
