// A session description as a value (RFC 4566, and RFC 2326 appendix C for RTSP's use of it).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kamaelia::sdp {

/// A b= line.
struct Bandwidth {
    std::string modifier = "AS";
    std::uint64_t value = 0; ///< for AS kilobits a second; for RS and RR bits (RFC 3556)
    bool operator==(const Bandwidth&) const = default;
};

/// One stream; of its payload types the first.
struct Media {
    std::string type = "audio";
    std::uint16_t port = 0; ///< 0: SETUP settles it
    std::string protocol = "RTP/AVP";
    std::optional<std::uint8_t> payload_type = 96; ///< nothing where it is no number
    std::string connection = "0.0.0.0";            ///< an address, IPv4 or IPv6
    std::vector<Bandwidth> bandwidth{};
    std::string encoding{};       ///< a=rtpmap; empty where there is none
    std::uint32_t clock_rate = 0; ///< in Hz
    unsigned channels = 1;
    std::string parameters{}; ///< a=fmtp, without the payload type
    std::string control{};    ///< a=control: an absolute URL, or what is joined to Content-Base
    bool operator==(const Media&) const = default;
};

/// An empty text is a line that is not there.
struct Description {
    std::uint64_t session_id = 0;
    std::uint64_t version = 1;
    std::string address = "127.0.0.1"; ///< of the origin, IPv4 or IPv6
    std::string name{};
    std::string information{};
    std::string tool{};
    std::string control{}; ///< of all media together: `*`, or an absolute URL
    std::string range{};   ///< as a Range field: "npt=0-30"; players seek only where it has an end
    std::vector<Media> media{};
    bool operator==(const Description&) const = default;
};

} // namespace kamaelia::sdp
