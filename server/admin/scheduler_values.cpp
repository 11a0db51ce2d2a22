#include "server/admin/scheduler_values.hpp"

#include "axon/cat.hpp"
#include "axon/sleep.hpp"
#include "axon/value.hpp"

#include <cstdint>

namespace server::admin {

axon::Task<> SchedulerValues::main() {
    axon::Value<std::int64_t> components{cat(),
                                         {.name = "kamaelia_axon_components",
                                          .help = "Components that have not ended.",
                                          .kind = axon::ValueKind::gauge}};
    while (true) {
        components.set(static_cast<std::int64_t>(scheduler().live()));
        co_await sleep_for(period);
    }
}

} // namespace server::admin
