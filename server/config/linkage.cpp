#include "server/config/linkage.hpp"

#include "axon/quote.hpp"

#include <algorithm>
#include <optional>

namespace server {
namespace {

constexpr std::size_t longest_id = 64;

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<BoxName> parse_box_name(std::string_view text) {
    text = trim(text);
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto component = text.substr(0, dot);
    const auto box = text.substr(dot + 1);
    if (!is_component_id(component) || !is_component_id(box)) return std::nullopt;
    return BoxName{std::string{component}, std::string{box}};
}

} // namespace

bool is_component_id(std::string_view text) {
    return !text.empty() && text.size() <= longest_id && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               c == '-';
    });
}

std::expected<LinkageSpec, std::string> parse_linkage(std::string_view text) {
    const auto arrow = text.find("->");
    if (arrow != std::string_view::npos) {
        auto from = parse_box_name(text.substr(0, arrow));
        auto to = parse_box_name(text.substr(arrow + 2));
        if (from && to) return LinkageSpec{*std::move(from), *std::move(to), {}};
    }
    return std::unexpected{"expected a linkage such as a.outbox -> b.inbox or self.inbox -> a.inbox, found " +
                           axon::quote(text)};
}

std::string show(const BoxName& name) { return name.component + "." + name.box; }

} // namespace server
