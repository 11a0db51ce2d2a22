"""What the tests of RTSP by hand share."""

import concurrent.futures
import time

from harness import CLIENT_SECONDS, DaemonCase
from rtsp_dialogue import BYE, Dialogue, Rtp, rtcp_types, vorbis_packets

INTERLEAVED = "RTP/AVP/TCP;unicast;interleaved=0-1"


def at_once(case):
    """Class decorator: what its methods `now_...` do they all do at once; each is a test, which waits for it. Afterwards
    nothing is left of them, which is a test, too."""
    names = [name for name in dir(case) if name.startswith("now_")]
    for name in names:
        def test(self, name=name):
            self.begun[name].result()
        setattr(case, name.replace("now_", "test_", 1), test)

    def set_up(cls):
        super(case, cls).setUpClass()
        pool = cls.enterClassContext(concurrent.futures.ThreadPoolExecutor(len(names)))
        cls.begun = {name: pool.submit(getattr(cls(name), name)) for name in names}
    case.setUpClass = classmethod(set_up)

    def nothing_is_left(self):
        concurrent.futures.wait(self.begun.values())
        self.assert_nothing_left()
    case.test_nothing_is_left_of_them = nothing_is_left
    return case


class RtspCase(DaemonCase):
    """One daemon for all, which has the servers `rtsp` and `fast`, and a clip. `fast` sends it at once."""

    clips = [("clip.ogg", 44100, 2)]
    clip_seconds = 6

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = cls.daemon.holdings()

    @classmethod
    def url(cls, server="rtsp", name="clip.ogg"):
        host, port = cls.daemon.address(server)
        return f"rtsp://{host}:{port}/media/{name}"

    def dialogue(self, server="rtsp", **options):
        return Dialogue(self.daemon.address(server), **options)

    def start(self, client, server="rtsp", transport=INTERLEAVED, name="clip.ogg", **headers):
        """The answers to SETUP and PLAY."""
        url = self.url(server, name)
        self.assertEqual(client.ask("DESCRIBE", url, Accept="application/sdp").status, 200)
        set_up = client.set_up(url + "/trackID=0", transport)
        self.assertEqual(set_up.status, 200)
        played = client.ask("PLAY", url + "/", **headers)
        self.assertEqual(played.status, 200)
        return set_up, played

    def listen_to_goodbye(self, client):
        end = time.monotonic() + CLIENT_SECONDS
        while not any(channel == 1 and BYE in rtcp_types(data) for channel, data in client.frames):
            self.assertLess(time.monotonic(), end, "no goodbye")
            self.assertTrue(client.listen(0.1), "closed before the goodbye")

    def packets_at_once(self):
        """The clip's Vorbis packets, all of them."""
        with self.dialogue("fast") as client:
            self.start(client, "fast")
            self.listen_to_goodbye(client)
            return vorbis_packets(Rtp.parse(data).payload for channel, data in client.frames if channel == 0)

    def assert_nothing_left(self):
        """The next client is served, and when it has gone all is as it was."""
        self.assertGreater(len(self.packets_at_once()), 100)
        self.daemon.assert_holds(self.before)
        self.assertEqual(self.daemon.complaints(), [])
