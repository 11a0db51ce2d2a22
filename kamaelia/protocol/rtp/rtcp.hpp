// RTCP: compound packets as values, read and written (RFC 3550 section 6).
//
//     const auto bytes = format_rtcp({.ssrc = ssrc, .sender = info}, "host");
//     if (const auto compound = parse_rtcp(datagram))
//         for (const auto& report : compound->reports) ...
#pragma once

#include "axon/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kamaelia::rtp {

/// What a sender tells (6.4.1).
struct SenderInfo {
    std::uint64_t ntp = 0;           ///< as ntp_time() says it
    std::uint32_t rtp_timestamp = 0; ///< of the same instant
    std::uint32_t packets = 0;       ///< sent
    std::uint32_t octets = 0;        ///< of payload

    bool operator==(const SenderInfo&) const = default;
};

/// What somebody has received from `ssrc` (6.4.1).
struct ReportBlock {
    std::uint32_t ssrc = 0;
    std::uint8_t fraction_lost = 0;      ///< since the report before, of 256
    std::int32_t lost = 0;               ///< packets, of 24 bits; fewer than none where some came twice
    std::uint32_t highest_sequence = 0;  ///< the upper 16 bits count wraps
    std::uint32_t jitter = 0;            ///< in the payload's clock
    std::uint32_t last_report = 0;       ///< middle of the NTP time of the last sender report; 0: none came
    std::uint32_t since_last_report = 0; ///< in 1/65536 s

    bool operator==(const ReportBlock&) const = default;
};

/// A sender's report, or a receiver's where there is no `sender`.
struct Report {
    std::uint32_t ssrc = 0;
    std::optional<SenderInfo> sender{};
    std::vector<ReportBlock> blocks{}; ///< at most 31

    bool operator==(const Report&) const = default;
};

struct CanonicalName {
    std::uint32_t ssrc;
    std::string_view name;

    bool operator==(const CanonicalName&) const = default;
};

struct Goodbye {
    std::vector<std::uint32_t> ssrcs; ///< at most 31
    std::string_view reason;          ///< may be empty

    bool operator==(const Goodbye&) const = default;
};

/// Its texts are parts of what it was read from, and as they came: any bytes.
struct Compound {
    std::vector<Report> reports; ///< at least one
    std::vector<CanonicalName> names;
    std::vector<Goodbye> goodbyes;
};

/// Nothing where `datagram` fails the checks of RFC 3550 A.2, or a report or goodbye claims more than is
/// there. Names and reasons that do are left out: whose report is right is heard. Other packets (APP, XR,
/// feedback) are skipped. What it takes is in proportion to the datagram.
[[nodiscard]] std::optional<Compound> parse_rtcp(std::string_view datagram);

/// A compound packet of the report, the SDES with this CNAME (at most 255 bytes), and, if there is a
/// `reason`, a BYE with it (at most 255 bytes, which may be none). Longer texts are cut; of blocks the first
/// 31 count.
[[nodiscard]] axon::Bytes format_rtcp(const Report& report, std::string_view cname,
                                      std::optional<std::string_view> reason = std::nullopt);

} // namespace kamaelia::rtp
