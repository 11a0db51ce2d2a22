#!/usr/bin/python3
"""What Prometheus thinks of /metrics, and whether it counts what clients did."""

import json
import os
import re
import socket
import subprocess
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

import harness

CONFIG = """
admin: { listen: "http://127.0.0.1:0" }
servers:
  web:  { listen: "http://127.0.0.1:0" }
  idle: { listen: "tcp://127.0.0.1:0", protocol: [ Echo ] }
"""


class Prometheus:
    """Debian's, with the configuration of docker/ but for where it looks and how often."""

    def __init__(self, admin, directory):
        with open(os.path.join(harness.ROOT, "docker/prometheus.yml"), encoding="utf-8") as file:
            config = file.read()
        for ours, here in (("kamaeliad:8001", admin.removeprefix("http://")), ("15s", "1s")):
            assert config.count(ours) == 1, ours
            config = config.replace(ours, here)
        path = os.path.join(directory, "prometheus.yml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(config)
        with socket.create_server(("127.0.0.1", 0)) as free:
            address = "{}:{}".format(*free.getsockname())
        self.url = "http://" + address
        self.process = subprocess.Popen(
            ["prometheus", f"--config.file={path}", f"--storage.tsdb.path={directory}/data",
             f"--web.listen-address={address}"],
            cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=harness.STOP_SECONDS)

    def query(self, expression):
        """What it finds; nothing while it starts."""
        url = f"{self.url}/api/v1/query?" + urllib.parse.urlencode({"query": expression})
        try:
            with urllib.request.urlopen(url, timeout=harness.CLIENT_SECONDS) as answer:
                return json.load(answer)["data"]["result"]
        except urllib.error.HTTPError as refused:
            with refused:
                if refused.code == 503:     # not ready yet
                    return []
                raise
        except urllib.error.URLError as error:
            if isinstance(error.reason, ConnectionRefusedError):
                return []
            raise


class MetricsTest(harness.DaemonCase):
    config = CONFIG

    def admin(self, path):
        with urllib.request.urlopen(self.daemon.url["admin"] + path, timeout=harness.CLIENT_SECONDS) as answer:
            return answer.read().decode()

    def metric(self, series):
        found = re.search(rf"^{re.escape(series)} (\S+)$", self.admin("/metrics"), re.M)
        self.assertTrue(found, series)
        return float(found[1])

    def test_promtool_is_content(self):
        judged = subprocess.run(["promtool", "check", "metrics"], input=self.admin("/metrics"), text=True,
                                capture_output=True, check=False, timeout=harness.CLIENT_SECONDS)
        self.assertEqual((judged.returncode, judged.stdout, judged.stderr), (0, "", ""))

    def test_a_download_is_counted(self):
        sent = 'kamaelia_sent_bytes_total{server="web"}'
        before = self.metric(sent)
        with urllib.request.urlopen(self.daemon.url["web"], timeout=harness.CLIENT_SECONDS) as answer:
            size = len(answer.read())
        end = time.monotonic() + harness.CLIENT_SECONDS
        while self.metric('kamaelia_connections{server="web"}') > 0 and time.monotonic() < end:
            time.sleep(0.05)
        self.assertGreater(self.metric(sent), before + size)
        self.assertGreaterEqual(self.metric('kamaelia_connections_total{server="web"}'), 1)

    def test_whom_nobody_asked_anything_has_its_series(self):
        for name in ("kamaelia_connections", "kamaelia_connections_total", "kamaelia_received_bytes_total",
                     "kamaelia_sent_bytes_total"):
            self.assertEqual(self.metric(name + '{server="idle"}'), 0)
        self.assertEqual(self.metric('kamaelia_disconnects_total{reason="lost",server="idle"}'), 0)
        for what in ("packets", "dropped_packets", "receiver_reports", "lost_packets"):
            self.assertEqual(self.metric(f"kamaelia_rtp_{what}_total"), 0)
        for what in ("loss_ratio", "jitter_seconds", "round_trip_seconds"):
            self.assertEqual(self.metric(f"kamaelia_rtp_{what}_count"), 0)
            self.assertEqual(self.metric(f'kamaelia_rtp_{what}_bucket{{le="0.1"}}'), 0)

    def test_the_process_is_there(self):
        self.assertGreater(self.metric("process_resident_memory_bytes"), 1e6)
        self.assertAlmostEqual(self.metric("process_start_time_seconds"), time.time(), delta=600)
        self.assertGreaterEqual(self.metric("kamaelia_axon_components"), 5)

    def test_a_real_prometheus_has_the_values_and_understands_the_alerts(self):
        with Prometheus(self.daemon.url["admin"], self.directory()) as prometheus:
            series = 'kamaelia_sent_bytes_total{server="idle",job="kamaeliad"}'
            end = time.monotonic() + harness.CLIENT_SECONDS
            while not (found := prometheus.query(series)) and time.monotonic() < end:
                time.sleep(0.1)
            self.assertEqual([each["value"][1] for each in found], ["0"])
            self.assertEqual([each["value"][1] for each in prometheus.query("up")], ["1"])
            with open(os.path.join(harness.ROOT, "docs/operations.md"), encoding="utf-8") as file:
                alerts = [line[3:line.index("` ")] for line in file if re.match(r"\| `.*[<>=] .*` (for|\|)", line)]
            self.assertGreaterEqual(len(alerts), 5)
            for alert in alerts:
                self.assertEqual(prometheus.query(alert), [], alert)

    def test_its_other_pages(self):
        self.assertEqual(self.admin("/healthz"), "ok\n")
        self.assertEqual(self.admin("/readyz"), "ok\n")
        self.assertTrue(json.loads(self.admin("/stats"))["healthy"])
        classes = {each["class"] for each in json.loads(self.admin("/graph"))["components"]}
        self.assertLessEqual({"SimpleServer", "TCPServer", "Selector", "AdminServer"}, classes)
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.admin("/nothing")
        self.assertEqual(refused.exception.code, 404)
        refused.exception.close()


if __name__ == "__main__":
    unittest.main()
