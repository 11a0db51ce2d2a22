// FirstPort: the parameter that says from which UDP port on RTP looks for a pair (RFC 3550 section 11).
#pragma once

#include "axon/setting_reader.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kamaelia::rtp {

/// Even, because RTCP's is the one above; 0: any.
struct FirstPort {
    std::uint16_t number = 0;
    auto operator<=>(const FirstPort&) const = default;
};

} // namespace kamaelia::rtp

template <>
struct axon::SettingReader<kamaelia::rtp::FirstPort> {
    static std::string type() { return "even number"; }
    static std::string expected() { return "an even number"; }
    static std::expected<kamaelia::rtp::FirstPort, std::string> parse(std::string_view text) {
        const auto number = parse_integer<std::uint16_t>(text);
        if (!number || *number % 2 != 0) return std::unexpected{detail::unexpected_text(expected(), text)};
        return kamaelia::rtp::FirstPort{*number};
    }
    static std::string show(kamaelia::rtp::FirstPort port) { return std::to_string(port.number); }
};
