// What a Splitter costs: ns for each delivery of one shared buffer to 1,000 subscribers, their own turns
// included and not, and allocations per delivery.
#include "axon/bytes.hpp"
#include "axon/composite.hpp"
#include "axon/system.hpp"
#include "kamaelia/util/null_sink.hpp"
#include "kamaelia/util/splitter.hpp"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <new>
#include <string>
#include <vector>

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

using axon::Bytes;
using axon::Task;
using kamaelia::NullSink;
using kamaelia::Splitter;
using kamaelia::WhenFull;

constexpr int subscribers = 1000;

// Sends the same page again and again.
class Pages final : public axon::Source<Bytes> {
public:
    explicit Pages(int count) : count_{count} {}

private:
    Task<> main() override {
        const Bytes page{std::string(4096, 'x')};
        for (int i = 0; i < count_; ++i) co_await outbox.send(page);
    }
    int count_;
};

// Never looks into its inbox.
class Deaf final : public axon::Sink<Bytes> {
    Task<> main() override { co_await sleep_for(std::chrono::hours{1}); }
};

template <class Reader>
struct Fan final : axon::Composite {
    Pages& pages;
    Splitter<Bytes>& splitter = child<Splitter<Bytes>>();
    Fan(int count, const axon::InboxOptions& options, WhenFull when_full) : pages{child<Pages>(count)} {
        pages | splitter;
        for (int i = 0; i < subscribers; ++i) {
            auto& reader = child<Reader>();
            reader.inbox.set_options(options);
            splitter.subscribe(reader.inbox, when_full);
        }
    }
};

void report(benchmark::State& state, int pages, std::size_t allocated) {
    const double deliveries = static_cast<double>(pages) * subscribers;
    state.counters["ns_per_delivery"] = benchmark::Counter(
        deliveries * 1e-9, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
    state.counters["allocations_per_delivery"] = static_cast<double>(allocated) / deliveries;
}

// From the splitter's turn to the end of each subscriber's.
void to_readers(benchmark::State& state) {
    constexpr int pages = 2000;
    std::size_t allocated = 0;
    for (auto _ : state) {
        state.PauseTiming();
        {
            axon::System system;
            system.spawn<Fan<NullSink<Bytes>>>(pages, axon::InboxOptions{}, WhenFull::wait);
            system.scheduler().pass();
            const auto before = allocations;
            state.ResumeTiming();
            system.run();
            state.PauseTiming();
            allocated = allocations - before;
        }
        state.ResumeTiming();
    }
    report(state, pages, allocated);
}
BENCHMARK(to_readers)->Unit(benchmark::kMillisecond);

// The splitter alone: nobody reads, and each inbox drops its oldest or the message does.
template <WhenFull when_full>
void to_full_inboxes(benchmark::State& state) {
    constexpr int pages = 2000;
    std::size_t allocated = 0;
    for (auto _ : state) {
        state.PauseTiming();
        {
            axon::System system;
            auto fan = system.spawn<Fan<Deaf>>(pages, axon::InboxOptions{.capacity = 8}, when_full);
            system.scheduler().pass();
            const auto before = allocations;
            state.ResumeTiming();
            while (system.scheduler().pass()) {
            }
            state.PauseTiming();
            allocated = allocations - before;
            if (fan.get()->splitter.state() != axon::Component::State::ended) state.SkipWithError("held up");
            system.stop_all();
        }
        state.ResumeTiming();
    }
    report(state, pages, allocated);
}
BENCHMARK(to_full_inboxes<WhenFull::drop_oldest>)->Unit(benchmark::kMillisecond);
BENCHMARK(to_full_inboxes<WhenFull::drop_newest>)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
