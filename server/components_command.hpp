// kamaeliad components: what a configuration can name, for people and for programs.
#pragma once

#include "axon/params.hpp"
#include "axon/registry.hpp"
#include "server/options.hpp"

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace server {

struct BoxInfo {
    enum class Direction { in, out };

    Direction direction = Direction::in;
    std::string name;
    std::string type; ///< of its messages

    bool operator==(const BoxInfo&) const = default;
};

/// One component as the reference shows it.
struct ComponentInfo {
    std::string name;
    std::string summary;
    std::string example;        ///< a protocol with it, in YAML
    std::vector<BoxInfo> boxes; ///< its own; all have control and signal
    std::vector<axon::FieldInfo> fields;

    bool operator==(const ComponentInfo&) const = default;
};

/// Looks at a specimen for the boxes, which come in the order of their declaration.
[[nodiscard]] ComponentInfo describe(const axon::Kind& kind);

/// Ends in a line end. JSON is a list, whatever the number.
[[nodiscard]] std::string render(std::span<const ComponentInfo> components, ReferenceFormat format);

/// Writes what `options` ask for to `out`, or to `error` that there is no such component. Returns the exit
/// code.
[[nodiscard]] int list_components(const Options& options, const axon::Registry& registry, std::ostream& out,
                                  std::ostream& error);

} // namespace server
