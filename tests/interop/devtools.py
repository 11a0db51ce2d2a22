"""Headless Chromium, driven over the DevTools protocol: just enough of WebSocket to speak JSON to it."""

import base64
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request

START_SECONDS = 90          # a cold start on a busy machine may take a minute

# Without these, Chromium calls home; the last one lets a page play without being clicked first.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required"]


class WebSocket:
    """A client's side of RFC 6455, text messages only."""

    def __init__(self, url, timeout):
        address, _, path = url.removeprefix("ws://").partition("/")
        host, _, port = address.partition(":")
        self.socket = socket.create_connection((host, int(port)), timeout)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /{path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\n"
                             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
                             "Sec-WebSocket-Version: 13\r\n\r\n").encode())
        self.input = self.socket.makefile("rb")
        status = self.input.readline()
        if b" 101 " not in status:
            raise ConnectionError(f"no WebSocket: {status!r}")
        while self.input.readline().strip():
            pass

    def send(self, text):
        self.frame(0x1, text.encode())

    def frame(self, opcode, data):
        size = len(data)
        head = bytes([0x80 | opcode])
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 65536:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", size)
        self.socket.sendall(head + bytes(4) + data)         # a client has to mask; zeros do

    def receive(self):
        message = b""
        while True:
            first, size = self.read(2)
            if size == 126:
                size, = struct.unpack(">H", self.read(2))
            elif size == 127:
                size, = struct.unpack(">Q", self.read(8))
            data = self.read(size)
            opcode = first & 0x0F
            if opcode == 0x8:
                raise ConnectionError("Chromium closed the WebSocket")
            if opcode == 0x9:
                self.frame(0xA, data)
            elif opcode in (0x0, 0x1):
                message += data
                if first & 0x80:
                    return message.decode()

    def read(self, size):
        data = self.input.read(size)
        if len(data) < size:
            raise ConnectionError("Chromium went away")
        return data

    def close(self):
        self.input.close()
        self.socket.close()


class Chromium:
    """One page: `with Chromium() as page:`."""

    def __enter__(self):
        self.profile = tempfile.mkdtemp(prefix="kamaelia-chromium-")
        self.socket = None
        self.ids = 0
        try:
            self.errors = open(os.path.join(self.profile, "stderr"), "wb")
            self.process = subprocess.Popen(
                ["chromium", *FLAGS, f"--user-data-dir={self.profile}/data", "--remote-debugging-port=0",
                 "--window-size=1000,1000", "about:blank"],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self.errors, start_new_session=True)
        except OSError:
            self.clean()
            raise
        try:
            self.socket = WebSocket(self.page_url(), timeout=START_SECONDS)
            self.call("Page.enable")
            self.call("Page.setBypassCSP", enabled=True)    # the tests put scripts of theirs into the page
        except BaseException:
            self.__exit__()
            raise
        return self

    def page_url(self):
        """Chromium writes the port that it got into its profile."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                with open(os.path.join(self.profile, "data", "DevToolsActivePort"), encoding="ascii") as file:
                    port = int(file.readline())
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=10) as answer:
                    for target in json.load(answer):
                        if target["type"] == "page":
                            return target["webSocketDebuggerUrl"]
            except (OSError, ValueError):
                pass
            time.sleep(0.1)
        with open(self.errors.name, encoding="utf-8", errors="replace") as file:
            raise AssertionError("Chromium did not start:\n" + file.read()[-2000:])

    def __exit__(self, *_):
        if self.socket:
            self.socket.close()
        try:
            os.killpg(self.process.pid, signal.SIGKILL)     # its helpers too; the profile is thrown away
        except ProcessLookupError:
            pass
        self.process.wait()
        self.clean()

    def clean(self):
        self.errors.close()
        shutil.rmtree(self.profile, ignore_errors=True)     # a dying helper may still write there

    def call(self, method, **parameters):
        self.ids += 1
        self.socket.send(json.dumps({"id": self.ids, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.receive())
            if answer.get("id") == self.ids:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']}")
                return answer["result"]

    def run(self, script):
        """The value of a JavaScript expression; waits for a promise."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise AssertionError(details.get("exception", {}).get("description") or details["text"])
        return answer["result"].get("value")

    def open(self, url, script):
        """Goes to `url`; `script` runs before the page's own."""
        self.call("Page.addScriptToEvaluateOnNewDocument", source=script)
        answer = self.call("Page.navigate", url=url)
        if "errorText" in answer:
            raise AssertionError(f"{url}: {answer['errorText']}")
        self.wait('document.readyState == "complete"')

    def wait(self, condition, timeout=60):
        deadline = time.monotonic() + timeout
        while not self.run(condition):
            if time.monotonic() > deadline:
                raise AssertionError(f"after {timeout} s still not: {condition}")
            time.sleep(0.1)

    def click(self, x, y):
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, clickCount=1,
                      button="none" if kind == "mouseMoved" else "left")
