// Reads YAML into an axon::Setting. Nothing else in the project knows YAML.
//
// One document, of at most 1 MiB, 100000 values, 32 levels and 64 KiB a text; aliases count as what they
// repeat, so that a small text cannot stand for a huge one. Beside what is not YAML, a key that stands
// twice, a key that is no text, a merge key, a tag and an unset variable are complaints.
#pragma once

#include "axon/setting.hpp"
#include "server/config/environment.hpp"

#include <cstdint>
#include <string_view>

namespace server {

struct YamlTree {
    axon::Setting root;
    /// False where the text stops being YAML within the limits, which has been complained about: then the
    /// tree holds what is whole before that place, and who looks for a name in it may look in vain.
    bool whole = true;
};

/// The tree of `text`, null if there is nothing in it; its places carry `source`. After complaints it is good
/// for finding more that is wrong; its parts that were complained about are Setting::faulty.
[[nodiscard]] YamlTree read_yaml(std::string_view text, const Environment& environment, std::uint32_t source,
                                 axon::Complaints& complaints);

} // namespace server
