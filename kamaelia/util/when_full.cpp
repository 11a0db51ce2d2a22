#include "kamaelia/util/when_full.hpp"

#include <array>

namespace {

using kamaelia::WhenFull;

constexpr std::array<std::string_view, 4> words{"wait", "drop_oldest", "drop_newest", "disconnect"};

} // namespace

std::expected<WhenFull, std::string> axon::SettingReader<WhenFull>::parse(std::string_view text) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == text) return static_cast<WhenFull>(i);
    }
    return std::unexpected{detail::unexpected_text(expected(), text)};
}

std::string axon::SettingReader<WhenFull>::show(WhenFull value) {
    return std::string{words[static_cast<std::size_t>(value)]};
}
