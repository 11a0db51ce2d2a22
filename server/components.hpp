// The components that a configuration can name.
#pragma once

#include "axon/registry.hpp"

namespace server {

/// The visible list: a new component is one line there.
void add_components(axon::Registry& registry);

} // namespace server
