// From what a configuration says of components to the components themselves.
#pragma once

#include "axon/component.hpp"
#include "axon/setting.hpp"
#include "server/config/config.hpp"
#include "server/config/pipeline_spec.hpp"

#include <memory>

namespace server {

/// Builds a pipeline or graphline, not started. Where boxes are missing or do not fit it complains, of all of
/// them, and returns null. Called once to check; compose_checked() is for each use.
[[nodiscard]] std::unique_ptr<axon::Component> compose(const Composition& composition,
                                                       axon::Complaints& complaints);

/// Of a composition that was checked. Throws std::logic_error where it cannot be built all the same.
[[nodiscard]] std::unique_ptr<axon::Component> compose_checked(const Composition& composition);

/// What a part is called in a message.
[[nodiscard]] std::string title(const Part& part);

/// Complains of protocols that cannot be built or that do not speak bytes with the network, of graphs that
/// cannot be built or that wait for input which nobody sends, and of pipelines that cannot be built though
/// nobody uses them.
void check_compositions(const Config& config, axon::Complaints& complaints);

} // namespace server
