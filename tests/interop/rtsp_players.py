"""Real RTSP players, each as a function that plays a URL into a WAV file: player(url, transport, wav, start, seconds).

`transport` is udp or tcp; it begins at `start`, which it has to seek, and plays for so many seconds, or to the end.
`pause`, of those that can: after so many seconds, for so many.
"""

import json
import os
import socket
import threading
import time

from harness import CLIENT_SECONDS, run
from players import option

HERE = os.path.dirname(os.path.abspath(__file__))


def ffmpeg(url, transport, wav, start=0.0, seconds=None):
    run(["ffmpeg", "-v", "error", "-y", "-rtsp_transport", transport, *option(start, "-ss", "{}"), "-i", url,
         *option(seconds, "-t", "{}"), wav])


def mpv(url, transport, wav, start=0.0, seconds=None, pause=()):
    control = wav + ".control"
    pausing = threading.Thread(target=pause_mpv, args=(control, *pause)) if pause else None
    if pausing:
        pausing.start()
    run(["mpv", "--no-config", "--no-video", "--msg-level=all=warn", "--ao=pcm", f"--ao-pcm-file={wav}", "--cache=no",
         f"--input-ipc-server={control}", f"--rtsp-transport={transport}",
         *option(start, "--start={}"), *option(seconds, "--length={}"), url], timeout=client_seconds(pause))
    if pausing:
        pausing.join()


def pause_mpv(control, after, seconds):
    """While it pauses mpv says nothing to the server and reads nothing."""
    end = time.monotonic() + CLIENT_SECONDS
    while not os.path.exists(control) and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(after)
    with socket.socket(socket.AF_UNIX) as mpv_itself:
        mpv_itself.connect(control)
        for paused in (True, False):
            mpv_itself.sendall(json.dumps({"command": ["set_property", "pause", paused]}).encode() + b"\n")
            if paused:
                time.sleep(seconds)


def gstreamer(url, transport, wav, start=0.0, seconds=None, pause=()):
    run([os.path.join(HERE, "rtspsrc.py"), "--transport", transport, *option(start, "--start", "{}"),
         *option(seconds and start + seconds, "--stop", "{}"), *option(pause and pause[0], "--pause", "{}"),
         *map(str, pause[1:]), url, wav], timeout=client_seconds(pause))


def client_seconds(pause):
    return CLIENT_SECONDS + (pause[1] if pause else 0)


PLAYERS = [ffmpeg, mpv, gstreamer]
TRANSPORTS = ["udp", "tcp"]
