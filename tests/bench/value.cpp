// What a statistic costs: counting beside a plain increment, one more writer, and reading 10,000 of them.
#include "axon/value.hpp"
#include "axon/cat.hpp"

#include <benchmark/benchmark.h>

#include <atomic>
#include <memory>
#include <vector>

namespace {

using Counter = axon::Value<std::uint64_t>;

axon::ValueInfo sent() {
    return {.name = "sent_bytes_total", .help = "Bytes sent to clients.", .labels = {{"server", "web"}}};
}

// Each keeps its count in memory, as it is where something else happens between two increments.
void plain_increment(benchmark::State& state) {
    std::uint64_t count = 0;
    for (auto _ : state) {
        ++count;
        benchmark::DoNotOptimize(&count);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(plain_increment);

void value_increment(benchmark::State& state) {
    axon::Cat cat;
    Counter count{cat, sent()};
    for (auto _ : state) {
        ++count;
        benchmark::DoNotOptimize(&count);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(value_increment);

void atomic_increment(benchmark::State& state) {
    std::atomic<std::uint64_t> count = 0;
    for (auto _ : state) count.fetch_add(1, std::memory_order_relaxed);
    benchmark::DoNotOptimize(count.load());
}
BENCHMARK(atomic_increment);

void make_and_end_a_writer(benchmark::State& state) {
    axon::Cat cat;
    Counter declared{cat, sent()};
    for (auto _ : state) {
        Counter connection{declared.series()};
        benchmark::DoNotOptimize(&connection);
    }
}
BENCHMARK(make_and_end_a_writer);

void snapshot_of_10000_writers(benchmark::State& state) {
    axon::Cat cat;
    Counter declared{cat, sent()};
    std::vector<std::unique_ptr<Counter>> connections;
    connections.reserve(10'000);
    for (int i = 0; i < 10'000; ++i) connections.push_back(std::make_unique<Counter>(declared.series()));
    for (auto _ : state) benchmark::DoNotOptimize(cat.values().snapshot());
}
BENCHMARK(snapshot_of_10000_writers)->Unit(benchmark::kMicrosecond);

} // namespace

BENCHMARK_MAIN();
