#include "kamaelia/util/choice.hpp"

#include "axon/units.hpp"

namespace kamaelia {
namespace {

constexpr std::string_view go_to = "GOTO ";

// "GOTO 3" is 2, if there are so many.
std::optional<std::size_t> numbered(std::string_view request, std::size_t count) {
    if (!request.starts_with(go_to)) return std::nullopt;
    const auto number = axon::parse_integer<std::size_t>(request.substr(go_to.size()), 1, count);
    return number ? std::optional{*number - 1} : std::nullopt;
}

} // namespace

Choice::Choice(std::size_t count, AtEnd at_end) noexcept
    : count_{count}, at_end_{at_end}, over_{count == 0 && at_end == AtEnd::end} {}

std::optional<std::size_t> Choice::make(std::string_view request) {
    if (count_ == 0) return std::nullopt;
    std::optional<std::size_t> chosen;
    if (request == "NEXT") {
        chosen = next();
    } else if (request == "PREV") {
        chosen = previous();
    } else if (request == "FIRST") {
        chosen = 0;
    } else if (request == "LAST") {
        chosen = count_ - 1;
    } else if (request == "SAME") {
        chosen = current_;
    } else {
        chosen = numbered(request, count_);
    }
    if (chosen) current_ = *chosen;
    return chosen;
}

std::optional<std::size_t> Choice::next() noexcept {
    if (current_ + 1 < count_) return current_ + 1;
    if (at_end_ == AtEnd::loop) return 0;
    over_ = at_end_ == AtEnd::end;
    return std::nullopt;
}

std::optional<std::size_t> Choice::previous() const noexcept {
    if (current_ > 0) return current_ - 1;
    return at_end_ == AtEnd::loop ? std::optional{count_ - 1} : std::nullopt;
}

} // namespace kamaelia
