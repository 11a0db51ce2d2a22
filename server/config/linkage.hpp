// A linkage as a graphline writes it: `a.outbox -> b.inbox`.
#pragma once

#include "axon/setting.hpp"

#include <expected>
#include <string>
#include <string_view>

namespace server {

/// A box of a component of the graphline, or of the graphline itself, which is called `self`.
struct BoxName {
    static constexpr std::string_view self = "self";

    std::string component;
    std::string box;

    auto operator<=>(const BoxName&) const = default;
};

struct LinkageSpec {
    BoxName from;
    BoxName to;
    axon::Where where;

    friend bool operator==(const LinkageSpec& a, const LinkageSpec& b) {
        return a.from == b.from && a.to == b.to;
    }
};

/// True for what a component in a graphline may be called: 1 to 64 letters, digits, "_" and "-".
[[nodiscard]] bool is_component_id(std::string_view text);

/// The form only; whether there are such components is for who knows them. `where` is left for the caller.
[[nodiscard]] std::expected<LinkageSpec, std::string> parse_linkage(std::string_view text);

/// `component.box`.
[[nodiscard]] std::string show(const BoxName& name);

} // namespace server
