// type_name: the name of a type, as people write it.
#pragma once

#include <string>
#include <typeinfo>

namespace axon {

/// Without namespaces, enclosing classes and template arguments: `Echo`, `Carousel`.
[[nodiscard]] std::string type_name(const std::type_info& type);

} // namespace axon
