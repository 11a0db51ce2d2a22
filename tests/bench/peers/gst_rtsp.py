#!/usr/bin/python3
"""Debian's gst-rtsp-server as a peer: FILE at /own, with a pipeline for each client, and at /shared, with one for all
of them. Says at which port of 127.0.0.1, and serves until it is killed.

    gst_rtsp.py FILE
"""

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402: has to be told the versions first


def main():
    Gst.init(None)
    server = GstRtspServer.RTSPServer(address="127.0.0.1", service="0", backlog=1024)
    for path, shared in (("/own", False), ("/shared", True)):
        server.get_mount_points().add_factory(path, GstRtspServer.RTSPMediaFactory(
            launch=f"( filesrc location={sys.argv[1]} ! oggdemux ! rtpvorbispay name=pay0 pt=96 )", shared=shared))
    server.attach(None)
    print(server.get_bound_port(), flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
