// bench_deque ROW: the floor of the message benchmark. The same work with no runtime at all: what would be
// components are std::deques, and one loop knows them all and does the work of all.
#include "axon/bytes.hpp"
#include "tests/bench/measure.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace bench {
namespace {

constexpr std::int64_t hops = 10'000'000;

template <int Stages, int InFlight>
double pipe() {
    const auto rounds = hops / (Stages + 1) / InFlight;
    std::vector<std::deque<int>> inboxes(Stages + 1);
    for (int i = 0; i < InFlight; ++i) inboxes.back().push_back(i);
    Stopwatch watch;
    watch.start();
    for (std::int64_t i = 0; i < rounds; ++i) {
        auto* from = &inboxes.back();
        for (auto& to : inboxes) {
            for (; !from->empty(); from->pop_front()) to.push_back(from->front());
            from = &to;
        }
    }
    watch.stop();
    return watch.ns() / static_cast<double>(rounds * InFlight * (Stages + 1));
}

double fan_out() {
    const auto rounds = hops / listeners;
    const axon::Bytes buffer{std::string(buffer_size, 'x')};
    std::vector<std::deque<axon::Bytes>> inboxes(listeners);
    std::size_t heard = 0;
    Stopwatch watch;
    watch.start();
    for (std::int64_t i = 0; i < rounds; ++i) {
        for (auto& inbox : inboxes) inbox.push_back(buffer);
        for (auto& inbox : inboxes) {
            heard += inbox.front().size();
            inbox.pop_front();
        }
    }
    watch.stop();
    return heard == static_cast<std::size_t>(rounds) * listeners * buffer_size
               ? watch.ns() / static_cast<double>(rounds * listeners)
               : 0;
}

double idle_bytes() {
    const auto before = heap_in_use();
    std::vector<std::unique_ptr<std::deque<axon::Bytes>>> inboxes(crowd);
    for (auto& inbox : inboxes) inbox = std::make_unique<std::deque<axon::Bytes>>();
    return (heap_in_use() - before) / crowd;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) {
    using namespace bench;
    return print(argc, argv,
                 {{"pipe2-1", pipe<2, 1>},
                  {"pipe2-64", pipe<2, capacity>},
                  {"pipe10-1", pipe<10, 1>},
                  {"pipe10-64", pipe<10, capacity>},
                  {"ring1000", pipe<999, 1>},
                  {"fan1000", fan_out},
                  {"idle", idle_bytes}});
}
