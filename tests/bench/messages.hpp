// The rows of the message benchmark that are our own runtime's, each measured once by a call.
#pragma once

#include "axon/system.hpp"

#include <chrono>

namespace bench {

/// Slow turns are not reported: on a crowded machine the report would be what is measured.
inline const axon::SystemOptions quiet{.scheduler = {.slow_turn = std::chrono::hours{1}}};

/// ns a hop: a message goes from its source through `stages` components and back to the source, which
/// keeps `in_flight` of them on the way; stages + 1 hops.
double pipe(int stages, int in_flight);
/// ns a delivery of one shared buffer to all listeners, again when the last of them has it.
double fan_out();
/// Heap allocations while the pipes and the fan-out run, all together.
double allocations();

/// ns to spawn a component and to see its end.
double spawn_and_end();
/// Bytes of a component that waits for its first message, nothing left out.
double idle_bytes();
/// The same of an Echo.
double idle_echo_bytes();
/// ms to stop a crowd whose components all wait for input.
double stop_receivers();
/// ms to stop a crowd whose components all wait for room in one inbox.
double stop_senders();

/// ns to start and cancel a timer while a million others are pending.
double timer_cancel();
/// ns to start a timer and let it expire.
double timer_expire();
/// ns that a million pending timers add to a tick of the wheel.
double tick_added();

} // namespace bench
