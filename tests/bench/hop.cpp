// What a message costs from component to component: ns a hop in pipelines of 2 and 10, with one and
// with 64 messages in flight; allocations per message; bytes of an idle Echo; stopping 100,000.
#include "axon/composite.hpp"
#include "axon/filter.hpp"
#include "axon/pipeline.hpp"
#include "axon/system.hpp"

#include <benchmark/benchmark.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <malloc.h>
#include <new>

namespace {

std::size_t allocations = 0;

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (auto* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using axon::Task;

class Echo final : public axon::Filter<int, int> {
    Task<> main() override {
        while (auto data = co_await inbox.receive()) co_await outbox.send(*data);
    }
};

// Keeps `window` messages on the way until `count` have come back.
class Loop final : public axon::Filter<int, int> {
public:
    Loop(int window, std::int64_t count) : window_{window}, count_{count} {}

private:
    Task<> main() override {
        for (int i = 0; i < window_; ++i) co_await outbox.send(i);
        while (count_-- > 0) co_await outbox.send(*co_await inbox.receive());
    }
    int window_;
    std::int64_t count_;
};

// A ring: Loop, then `stages` echoes, then back. A message makes stages + 1 hops a round.
struct Ring final : axon::Composite {
    Ring(int stages, int window, std::int64_t count) {
        auto& loop = child<Loop>(window, count);
        Echo* last = nullptr;
        for (int i = 0; i < stages; ++i) {
            auto& echo = child<Echo>();
            if (last) {
                *last | echo;
            } else {
                loop | echo;
            }
            last = &echo;
        }
        axon::link(last->outbox, loop.inbox);
    }
};

void hop(benchmark::State& state) {
    const auto stages = static_cast<int>(state.range(0));
    const auto window = static_cast<int>(state.range(1));
    const std::int64_t rounds = 1'000'000;
    double allocated = 0;
    for (auto _ : state) {
        axon::System system;
        system.spawn<Ring>(stages, window, rounds);
        const auto before = allocations;
        system.run();
        allocated = static_cast<double>(allocations - before) / static_cast<double>(rounds);
    }
    const auto hops = static_cast<double>(rounds) * (stages + 1);
    state.counters["ns_per_hop"] = benchmark::Counter(
        hops * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    state.counters["allocations_per_message"] = allocated;
}
BENCHMARK(hop)->Args({2, 1})->Args({2, 64})->Args({10, 1})->Args({10, 64})->Unit(benchmark::kMillisecond);

struct Crowd final : axon::Component {
    explicit Crowd(int count) : count_{count} {}
    Task<> main() override {
        for (int i = 0; i < count_; ++i) spawn<Echo>();
        co_await children_ended();
    }
    int count_;
};

void idle_echo_bytes(benchmark::State& state) {
    const int count = 100'000;
    for (auto _ : state) {
        axon::System system;
        const auto before = mallinfo2();
        system.spawn<Crowd>(count);
        while (system.scheduler().pass()) {
        }
        const auto after = mallinfo2();
        state.counters["bytes_per_idle_echo"] =
            static_cast<double>(after.uordblks + after.hblkhd - before.uordblks - before.hblkhd) / count;
    }
}
BENCHMARK(idle_echo_bytes)->Iterations(1);

void stop_100000(benchmark::State& state) {
    for (auto _ : state) {
        axon::System system;
        system.spawn<Crowd>(100'000);
        while (system.scheduler().pass()) {
        }
        const auto start = std::chrono::steady_clock::now();
        system.stop_all();
        system.run();
        state.SetIterationTime(
            std::chrono::duration<double>{std::chrono::steady_clock::now() - start}.count());
    }
}
BENCHMARK(stop_100000)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(5);

} // namespace

BENCHMARK_MAIN();
