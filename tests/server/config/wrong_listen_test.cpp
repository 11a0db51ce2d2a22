// Addresses that nothing can listen on, and what exactly is said about them.
#include "server/components.hpp"
#include "server/compose.hpp"
#include "tests/server/config/wrong.hpp"

#include <gtest/gtest.h>

namespace {

using namespace server::testing;

class WrongListen : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongListen, IsComplainedAboutExactly) {
    axon::Registry registry;
    server::add_components(registry);
    EXPECT_EQ(complaints_about(GetParam().text, registry, server::check_compositions), GetParam().complaints);
}

// clang-format off: a table
INSTANTIATE_TEST_SUITE_P(Row, WrongListen, ::testing::Values(
Wrong{"HostAndPortOnly", "servers:\n  web: { listen: \"127.0.0.1:8000\" }\n",
      "kamaelia.yaml:2:18: listen: \"127.0.0.1:8000\": expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH; did you mean \"http://127.0.0.1:8000\"?\n"},
Wrong{"Https", "servers:\n  web: { listen: \"https://0.0.0.0:8443\" }\n",
      "kamaelia.yaml:2:18: listen: \"https://0.0.0.0:8443\": https:// is not in this version; expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH\n"},
Wrong{"Rtsps", "servers:\n  web: { listen: \"rtsps://0.0.0.0:8443\" }\n",
      "kamaelia.yaml:2:18: listen: \"rtsps://0.0.0.0:8443\": rtsps:// is not in this version; expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH\n"},
Wrong{"HttpOverUnix", "servers:\n  web: { listen: \"http+unix:///run/k.sock\" }\n",
      "kamaelia.yaml:2:18: listen: \"http+unix:///run/k.sock\": http+unix:// is not in this version; expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH\n"},
Wrong{"HttpOfSystemd", "servers:\n  web: { listen: \"http+systemd:web\" }\n",
      "kamaelia.yaml:2:18: listen: \"http+systemd:web\": http+systemd: is not in this version; expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH\n"},
Wrong{"Udp", "servers:\n  web: { listen: \"udp://h:1\", protocol: [Echo] }\n",
      "kamaelia.yaml:2:18: listen: \"udp://h:1\": unknown scheme \"udp\"; expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH\n"},
Wrong{"Ftp", "servers:\n  web: { listen: \"ftp://h:21\" }\n",
      "kamaelia.yaml:2:18: listen: \"ftp://h:21\": unknown scheme \"ftp\"; expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH\n"},
Wrong{"CapitalScheme", "servers:\n  web: { listen: \"HTTP://h:80\" }\n",
      "kamaelia.yaml:2:18: listen: \"HTTP://h:80\": unknown scheme \"HTTP\"; did you mean http://?\n"},
Wrong{"OneSlash", "servers:\n  web: { listen: \"http:/127.0.0.1:80\" }\n",
      "kamaelia.yaml:2:18: listen: \"http:/127.0.0.1:80\": expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH; did you mean \"http://127.0.0.1:80\"?\n"},
Wrong{"StarForEveryAddress", "servers:\n  web: { listen: \"http://*:8000\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://*:8000\": \"*\" is no host; expected a name, an IPv4 address, an IPv6 address in brackets, or 0.0.0.0 for every address\n"},
Wrong{"NoSuchIpv4Address", "servers:\n  web: { listen: \"http://256.0.0.1:80\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://256.0.0.1:80\": \"256.0.0.1\" is no host; expected a name, an IPv4 address, an IPv6 address in brackets, or 0.0.0.0 for every address\n"},
Wrong{"ThreeNumbers", "servers:\n  web: { listen: \"http://127.0.1:80\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://127.0.1:80\": \"127.0.1\" is no host; expected a name, an IPv4 address, an IPv6 address in brackets, or 0.0.0.0 for every address\n"},
Wrong{"NoSuchIpv6Address", "servers:\n  web: { listen: \"http://[::g]:80\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://[::g]:80\": \"[::g]\" is no host; expected a name, an IPv4 address, an IPv6 address in brackets, or 0.0.0.0 for every address\n"},
Wrong{"Ipv4InBrackets", "servers:\n  web: { listen: \"http://[127.0.0.1]:80\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://[127.0.0.1]:80\": \"[127.0.0.1]\" is no host; expected a name, an IPv4 address, an IPv6 address in brackets, or 0.0.0.0 for every address\n"},
Wrong{"User", "servers:\n  web: { listen: \"http://me:secret@h:80\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://me:secret@h:80\": a user; expected only http://HOST:PORT\n"},
Wrong{"Query", "servers:\n  web: { listen: \"http://h:80?x=1\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://h:80?x=1\": port: expected a whole number between 0 and 65535, found \"80?x=1\"\n"},
Wrong{"PortInWords", "servers:\n  web: { listen: \"http://h:http\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://h:http\": port: expected a whole number between 0 and 65535, found \"http\"\n"},
Wrong{"NegativePort", "servers:\n  web: { listen: \"http://h:-1\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://h:-1\": port: expected a whole number between 0 and 65535, found \"-1\"\n"},
Wrong{"PortLeftEmpty", "servers:\n  web: { listen: \"http://h:\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://h:\": no port; expected http://HOST:PORT\n"},
Wrong{"LinesAfterThePort", "servers:\n  web: { listen: \"http://127.0.0.1:1\\r\\nfoo: x\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://127.0.0.1:1\\x0d\\nfoo: x\": port: expected a whole number between 0 and 65535, found \"1\\x0d\\nfoo: x\"\n"},
Wrong{"BareIpv6WithAZone", "servers:\n  web: { listen: \"http://fe80::1%eth0:80\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://fe80::1%eth0:80\": an IPv6 address stands in brackets, as in [::1]:8000\n"},
Wrong{"PortAfterSpace", "servers:\n  web: { listen: \"http://h: 80\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://h: 80\": port: expected a whole number between 0 and 65535, found \" 80\"\n"},
Wrong{"SlashAtTheEnd", "servers:\n  web: { listen: \"http://h:80/\" }\n",
      "kamaelia.yaml:2:18: listen: \"http://h:80/\": a path; expected only http://HOST:PORT\n"},
Wrong{"NoPathOfASocket", "servers:\n  web: { listen: \"unix:///\", protocol: [Echo] }\n",
      "kamaelia.yaml:2:18: listen: \"unix:///\": expected unix:///PATH, an absolute path after three slashes\n"},
Wrong{"TwoSlashesOfASocket", "servers:\n  web: { listen: \"unix:/run/e.sock\", protocol: [Echo] }\n",
      "kamaelia.yaml:2:18: listen: \"unix:/run/e.sock\": expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH; did you mean \"unix:///run/e.sock\"?\n"},
Wrong{"EmptyText", "servers:\n  web: { listen: \"\" }\n",
      "kamaelia.yaml:2:18: listen: \"\": expected tcp://HOST:PORT, http://HOST:PORT, rtsp://HOST:PORT or unix:///PATH\n"},
Wrong{"NullInAList", "servers:\n  web: { listen: [\"http://h:1\", ~] }\n",
      "kamaelia.yaml:2:33: listen: expected a URL, found nothing\n"},
Wrong{"ListInAList", "servers:\n  web: { listen: [[\"http://h:1\"]] }\n",
      "kamaelia.yaml:2:19: listen: expected a URL, found a list\n"},
Wrong{"MixedWithoutProtocol", "servers:\n  web: { listen: [\"http://h:1\", \"tcp://h:2\"] }\n",
      "kamaelia.yaml:2:3: server \"web\" needs \"protocol\": tcp://h:2 has none of its own\n"},
Wrong{"MixedWithProtocol", "servers:\n  web: { listen: [\"http://h:1\", \"tcp://h:2\"], protocol: [Echo] }\n",
      "kamaelia.yaml:2:57: protocol: http://h:1 has its protocol already; expected none, or a tcp:// address\n"},
Wrong{"SameAddressInOneList", "servers:\n  web: { listen: [\"http://h:1\", \"http://H:1\"] }\n",
      "kamaelia.yaml:2:33: listen: \"http://H:1\" is listened on already, by \"http://h:1\" in line 2; expected another port\n"},
Wrong{"EveryAddressAndOne", "servers:\n  a: { listen: \"http://0.0.0.0:80\" }\n  b: { listen: \"http://127.0.0.1:80\" }\n",
      "kamaelia.yaml:3:16: listen: \"http://127.0.0.1:80\" is listened on already, by \"http://0.0.0.0:80\" in line 2; expected another port\n"},
Wrong{"OneAndEveryAddress", "servers:\n  a: { listen: \"http://localhost:80\" }\n  b: { listen: \"http://0.0.0.0:80\" }\n",
      "kamaelia.yaml:3:16: listen: \"http://0.0.0.0:80\" is listened on already, by \"http://localhost:80\" in line 2; expected another port\n"},
Wrong{"EveryIpv6AddressAndOne", "servers:\n  a: { listen: \"http://[::]:80\" }\n  b: { listen: \"http://[0:0::1]:80\" }\n",
      "kamaelia.yaml:3:16: listen: \"http://[0:0::1]:80\" is listened on already, by \"http://[::]:80\" in line 2; expected another port\n"},
Wrong{"SameAddressInTwoForms", "servers:\n  a: { listen: \"http://localhost:80\" }\n  b: { listen: \"tcp://127.0.0.1:80\", protocol: [Echo] }\n",
      "kamaelia.yaml:3:16: listen: \"tcp://127.0.0.1:80\" is listened on already, by \"http://localhost:80\" in line 2; expected another port\n"},
Wrong{"SamePathTwice", "servers:\n  a: { listen: \"unix:///run/e\", protocol: [Echo] }\n  b: { listen: \"unix:///run/x/../e\", protocol: [Echo] }\n",
      "kamaelia.yaml:3:16: listen: \"unix:///run/x/../e\" is listened on already, by \"unix:///run/e\" in line 2; expected another path\n"},
Wrong{"ListenMisspelt", "servers:\n  web: { lisen: \"http://h:1\" }\n",
      "kamaelia.yaml:2:10: unknown key \"lisen\" in server \"web\"; did you mean \"listen\"?\n"},
Wrong{"ProtocolMisspelt", "servers:\n  e: { listen: \"tcp://h:1\", protocl: [Echo] }\n",
      "kamaelia.yaml:2:29: unknown key \"protocl\" in server \"e\"; did you mean \"protocol\"?\n"},
Wrong{"PortAsAKey", "servers:\n  web: { listen: \"http://h:1\", port: 80 }\n",
      "kamaelia.yaml:2:32: unknown key \"port\" in server \"web\"; expected listen or protocol\n"},
Wrong{"ServerOfALongName", "servers:\n  nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn: { listen: \"http://h:1\" }\n",
      "kamaelia.yaml:2:3: servers: the name \"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn...\"; expected up to 64 letters, digits, \".\", \"_\" or \"-\"\n"}), name_of);

// clang-format on

} // namespace
