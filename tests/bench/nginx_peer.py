"""Debian's nginx as a peer: `with Nginx(DIRECTORY) as peer:`, then peer.port and peer.pid."""

import pathlib
import socket
import subprocess
import time

import harness

# One process, so that its processor time is that of a worker. What is not said here is as nginx has it, but that
# a connection may have more than 1,000 requests and nothing is logged.
CONFIG = """
daemon off;
master_process off;
worker_processes 1;
worker_rlimit_nofile 8192;
error_log stderr error;
pid nginx.pid;
events { worker_connections 4096; }
http {
    access_log off;
    sendfile on;
    keepalive_requests 1000000000;
    default_type audio/ogg;
    client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp; scgi_temp_path temp;
    uwsgi_temp_path temp;
    server {
        listen 127.0.0.1:PORT backlog=4096;
        location /media/ { alias DIRECTORY/; }
    }
}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Nginx:
    """Serves DIRECTORY below /media/ until the end of the `with`; what it needs besides lies in `place`."""

    def __init__(self, directory, place):
        self.port = free_port()
        self.place = pathlib.Path(place)
        text = CONFIG.replace("PORT", str(self.port)).replace("DIRECTORY", str(directory))
        self.place.joinpath("nginx.conf").write_text(text)

    def __enter__(self):
        self.process = subprocess.Popen(
            ["/usr/sbin/nginx", "-p", str(self.place), "-c", "nginx.conf", "-e", "stderr"], stdin=subprocess.DEVNULL)
        self.pid = self.process.pid
        end = time.monotonic() + harness.CLIENT_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except ConnectionRefusedError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.05)

    def __exit__(self, kind, error, trace):
        self.process.terminate()
        self.process.communicate()
