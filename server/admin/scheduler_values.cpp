#include "server/admin/scheduler_values.hpp"

#include "axon/box.hpp"
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
    axon::Value<std::uint64_t> messages{cat(),
                                        {.name = "kamaelia_axon_messages_total",
                                         .help = "Messages that inboxes have taken in.",
                                         .kind = axon::ValueKind::counter}};
    while (true) {
        messages.set(axon::InboxBase::received_on_thread());
        components.set(static_cast<std::int64_t>(scheduler().live()));
        co_await sleep_for(period);
    }
}

} // namespace server::admin
