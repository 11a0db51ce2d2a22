// bench_axon ROW: one row of the message benchmark, measured once, as our own runtime does it.
#include "tests/bench/measure.hpp"
#include "tests/bench/messages.hpp"

int main(int argc, char** argv) {
    using namespace bench;
    return print(argc, argv,
                 {{"pipe2-1", [] { return pipe(2, 1); }},
                  {"pipe2-64", [] { return pipe(2, capacity); }},
                  {"pipe10-1", [] { return pipe(10, 1); }},
                  {"pipe10-64", [] { return pipe(10, capacity); }},
                  {"ring1000", [] { return pipe(999, 1); }},
                  {"fan1000", fan_out},
                  {"allocations", allocations},
                  {"spawn", spawn_and_end},
                  {"idle", idle_bytes},
                  {"idle-echo", idle_echo_bytes},
                  {"stop", stop_receivers},
                  {"stop-senders", stop_senders},
                  {"timer-cancel", timer_cancel},
                  {"timer-expire", timer_expire},
                  {"tick", tick_added}});
}
