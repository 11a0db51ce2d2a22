// WhenFull: what one of several receivers gets that has no room for a message.
#pragma once

#include "axon/setting_reader.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kamaelia {

enum class WhenFull : std::uint8_t {
    wait,        ///< the message, later; until then nobody gets the next one
    drop_oldest, ///< this message instead of the oldest that wait there
    drop_newest, ///< not this message
    disconnect,  ///< no message any more: its input ends
};

} // namespace kamaelia

template <>
struct axon::SettingReader<kamaelia::WhenFull> {
    static std::string type() { return "word"; }
    static std::string expected() { return "wait, drop_oldest, drop_newest or disconnect"; }
    static std::expected<kamaelia::WhenFull, std::string> parse(std::string_view text);
    static std::string show(kamaelia::WhenFull value);
};
