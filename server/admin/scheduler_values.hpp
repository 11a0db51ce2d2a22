// SchedulerValues: what a scheduler counts, as values.
#pragma once

#include "axon/component.hpp"

#include <chrono>

namespace server::admin {

/// One in each worker: what they count adds up. Looks once a second, so that counting costs the scheduler
/// nothing but the count. Never ends by itself.
class SchedulerValues final : public axon::Component {
public:
    static constexpr axon::Duration period = std::chrono::seconds{1};

private:
    axon::Task<> main() override;
};

} // namespace server::admin
