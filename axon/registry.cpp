#include "axon/registry.hpp"

#include "axon/did_you_mean.hpp"
#include "axon/quote.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace axon {

void Registry::add(Kind kind) {
    if (find(kind.name())) throw std::logic_error{"component " + quote(kind.name()) + " is registered twice"};
    std::set<std::string_view> names;
    for (const auto& field : kind.fields())
        if (!names.insert(field.name).second)
            throw std::logic_error{"component " + quote(kind.name()) + " has two parameters " +
                                   quote(field.name)};
    kinds_.insert(std::ranges::upper_bound(kinds_, kind.name(), {}, &Kind::name), std::move(kind));
}

const Kind* Registry::find(std::string_view name) const noexcept {
    const auto kind = std::ranges::lower_bound(kinds_, name, {}, &Kind::name);
    return kind != kinds_.end() && kind->name() == name ? &*kind : nullptr;
}

std::optional<std::string_view> Registry::suggest(std::string_view name) const {
    std::vector<std::string_view> names;
    names.reserve(kinds_.size());
    for (const auto& kind : kinds_) names.push_back(kind.name());
    return did_you_mean(name, names);
}

} // namespace axon
