"""A relay before the daemon that notes what a client asks for and how much of the answers it takes."""

import re
import socket
import threading


class Relay:
    """`with Relay((host, port)) as relay:` listens at relay.address; afterwards `ranges` are the first bytes of
    the ranges that were asked for, a request without one counting as 0, and `taken` is the number of bytes that
    clients were given."""

    def __init__(self, server):
        self.server = server
        self.ranges = []
        self.taken = 0
        self.lock = threading.Lock()
        self.threads = []
        self.sockets = []

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = self.listener.getsockname()
        self.start(self.accept)
        return self

    def __exit__(self, *_):
        for each in [self.listener, *self.sockets]:
            shut_down(each)
        for thread in self.threads:
            thread.join()
        for each in [self.listener, *self.sockets]:
            each.close()

    def start(self, target, *arguments):
        thread = threading.Thread(target=target, args=arguments)
        self.threads.append(thread)
        thread.start()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.server)
            self.sockets += [client, server]
            self.start(self.forward_requests, client, server)
            self.start(self.forward_answers, server, client)

    def forward_requests(self, client, server):
        heard = b""
        for piece in pieces(client, server):
            heard += piece
            while b"\r\n\r\n" in heard:
                head, _, heard = heard.partition(b"\r\n\r\n")
                asked = re.search(rb"(?im)^range: *bytes=(\d+)-", head)
                with self.lock:
                    self.ranges.append(int(asked[1]) if asked else 0)

    def forward_answers(self, server, client):
        for piece in pieces(server, client):
            with self.lock:
                self.taken += len(piece)


def pieces(source, sink):
    """What came and went on; the end of either side is the end of both."""
    try:
        while piece := source.recv(65536):
            sink.sendall(piece)
            yield piece
    except OSError:
        pass
    shut_down(source)
    shut_down(sink)


def shut_down(each):
    try:
        each.shutdown(socket.SHUT_RDWR)
    except OSError:         # the other side was faster
        pass
