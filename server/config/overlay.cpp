#include "server/config/overlay.hpp"

#include "axon/quote.hpp"
#include "axon/units.hpp"
#include "server/config/yaml_reader.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace server {
namespace {

using axon::Setting;
using axon::Where;

constexpr std::size_t deepest = 32;

std::vector<std::string_view> split(std::string_view key) {
    std::vector<std::string_view> words;
    while (true) {
        const auto dot = key.find('.');
        words.push_back(key.substr(0, dot));
        if (dot == std::string_view::npos) return words;
        key.remove_prefix(dot + 1);
    }
}

Setting* item_of(Setting& list, std::string_view word) {
    const auto index = axon::parse_integer<std::size_t>(word);
    return index && *index < list.items().size() ? &list.items()[*index] : nullptr;
}

Setting& entry_of(Setting& map, std::string_view word, Where where) {
    if (auto* value = map.find(word)) return *value;
    map.entries().push_back({std::string{word}, where, Setting::null(where)});
    return map.entries().back().value;
}

} // namespace

void overlay(Setting& root, std::string_view key_and_value, const Environment& environment,
             std::uint32_t source, axon::Complaints& complaints) {
    const Where where{.source = source};
    const auto key = key_and_value.substr(0, key_and_value.find('='));
    const auto words = split(key);
    if (key.size() == key_and_value.size() || std::ranges::find(words, "") != words.end() ||
        words.size() > deepest) {
        complaints.add(where, "expected KEY=VALUE with a KEY such as log.level, found " + axon::quote(key));
        return;
    }
    auto value = read_yaml(key_and_value.substr(key.size() + 1), environment, source, complaints);
    if (!value.whole) return;

    // A change of the whole or none: what leads nowhere must not leave half a path behind.
    auto changed = root;
    auto* node = &changed;
    for (const auto word : words) {
        if (node->kind() == Setting::Kind::null) *node = Setting::map({}, where);
        auto* next = node->kind() == Setting::Kind::list  ? item_of(*node, word)
                     : node->kind() == Setting::Kind::map ? &entry_of(*node, word, where)
                                                          : nullptr;
        if (!next) {
            const auto path = key.substr(0, static_cast<std::size_t>(word.data() - key.data()));
            complaints.add(where, axon::quote(path.substr(0, path.size() - 1)) + " is " + found_text(*node) +
                                      ", which has no " + axon::quote(word));
            return;
        }
        node = next;
    }
    *node = std::move(value.root);
    root = std::move(changed);
}

} // namespace server
