"""Two network namespaces a way apart, for what loopback hides: a round trip takes time. Needs root."""

import ctypes
import fcntl
import heapq
import itertools
import os
import select
import struct
import subprocess
import threading
import time

HERE, THERE = "10.9.0.1", "10.9.0.2"
NEW_NETWORK = 0x40000000            # CLONE_NEWNET
SET_INTERFACE = 0x400454CA          # TUNSETIFF
TUN_WITHOUT_HEADER = 0x1001
LIBC = ctypes.CDLL(None, use_errno=True)


def enter(path):
    """This thread, from here on, is in the namespace that the file names."""
    with open(path, "rb") as namespace:
        if LIBC.setns(namespace.fileno(), NEW_NETWORK) != 0:
            raise OSError(ctypes.get_errno(), "setns " + path)


class Way:
    """`here` is a command that runs another at HERE; a thread that calls go_there() is at THERE. A packet takes half of
    `round_trip`, in seconds."""

    def __init__(self, round_trip):
        self.delay = round_trip / 2
        self.names = [f"kamaelia-{os.getpid()}-{end}" for end in ("here", "there")]
        self.here = ("ip", "netns", "exec", self.names[0])

    def __enter__(self):
        self.ends = []
        self.over, self.end = os.pipe()
        try:
            for name, address in zip(self.names, (HERE, THERE)):
                ip("netns", "add", name)
                self.ends.append(tunnel(name))
                ip("-n", name, "address", "add", address + "/24", "dev", "way")
                ip("-n", name, "link", "set", "way", "up")
        except BaseException:
            self.remove()
            raise
        self.carrier = threading.Thread(target=self.carry)
        self.carrier.start()
        return self

    def __exit__(self, *_):
        os.write(self.end, b"x")
        self.carrier.join()
        self.remove()

    def remove(self):
        for descriptor in (*self.ends, self.over, self.end):
            os.close(descriptor)
        for name in self.names:
            subprocess.run(["ip", "netns", "delete", name], stderr=subprocess.DEVNULL, check=False)

    def go_there(self):
        enter("/run/netns/" + self.names[1])

    def carry(self):
        under_way, number = [], itertools.count()
        other = dict(zip(self.ends, reversed(self.ends)))
        while True:
            left = max(0, under_way[0][0] - time.monotonic()) if under_way else None
            for end in select.select([*self.ends, self.over], [], [], left)[0]:
                if end == self.over:
                    return
                packet = os.read(end, 65536)
                heapq.heappush(under_way, (time.monotonic() + self.delay, next(number), other[end], packet))
            while under_way and under_way[0][0] <= time.monotonic():
                _, _, end, packet = heapq.heappop(under_way)
                os.write(end, packet)


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True)


def tunnel(name):
    """The descriptor of a device `way` in that namespace: what is sent there is read here, and the other way round."""
    opened = []

    def open_there():
        enter("/run/netns/" + name)
        device = os.open("/dev/net/tun", os.O_RDWR)
        opened.append(device)
        fcntl.ioctl(device, SET_INTERFACE, struct.pack("16sH22x", b"way", TUN_WITHOUT_HEADER))
    thread = threading.Thread(target=open_there)        # which ends, and its namespace with it
    thread.start()
    thread.join()
    return opened[0]
