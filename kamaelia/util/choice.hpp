// Choice: a place in a list, and the words that move it. What a Chooser decides with.
//
//     Choice choice{songs.size(), AtEnd::loop};
//     if (const auto index = choice.make("NEXT")) play(songs[*index]);
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace kamaelia {

/// What NEXT does after the last one.
enum class AtEnd : std::uint8_t {
    stay, ///< nothing
    loop, ///< goes to the first, and PREV from the first to the last
    end,  ///< ends
};

/// The requests are those of Chooser.
class Choice {
public:
    /// At the first of `count`. Without any, and with AtEnd::end, it is over at once.
    Choice(std::size_t count, AtEnd at_end) noexcept;

    /// The index that `request` leads to, counted from 0; nothing where it leads nowhere.
    [[nodiscard]] std::optional<std::size_t> make(std::string_view request);
    /// A NEXT came after the last one, and that is the end.
    [[nodiscard]] bool over() const noexcept { return over_; }

private:
    [[nodiscard]] std::optional<std::size_t> next() noexcept;
    [[nodiscard]] std::optional<std::size_t> previous() const noexcept;

    std::size_t count_;
    std::size_t current_ = 0;
    AtEnd at_end_;
    bool over_;
};

} // namespace kamaelia
