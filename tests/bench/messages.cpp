// Pipes, rings and fan-out: what a message costs from component to component.
#include "tests/bench/messages.hpp"

#include "axon/bytes.hpp"
#include "axon/composite.hpp"
#include "axon/filter.hpp"
#include "tests/bench/measure.hpp"

#include <cstdint>
#include <cstdlib>
#include <deque>
#include <new>
#include <string>

namespace {

std::size_t allocated = 0; // ever

} // namespace

void* operator new(std::size_t size) {
    ++allocated;
    if (auto* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace bench {
namespace {

using axon::Bytes;
using axon::Task;

constexpr std::int64_t hops = 2'000'000; // a measurement

struct Taken {
    Stopwatch watch;
    std::size_t allocations = 0;
};

// Measures what its owner does between the two calls.
class Measurement {
public:
    explicit Measurement(Taken& taken) noexcept : taken_{taken} {}
    void start() noexcept {
        taken_.allocations = allocated;
        taken_.watch.start();
    }
    void stop() noexcept {
        taken_.watch.stop();
        taken_.allocations = allocated - taken_.allocations;
    }

private:
    Taken& taken_;
};

class Stage final : public axon::Filter<int, int> {
    Task<> main() override {
        while (auto message = co_await inbox.receive()) co_await outbox.send(std::move(*message));
    }
};

class SourceAndSink final : public axon::Filter<int, int> {
public:
    SourceAndSink(int in_flight, std::int64_t rounds, Taken& taken)
        : in_flight_{in_flight}, rounds_{rounds}, measurement_{taken} {}

private:
    Task<> main() override {
        for (int i = 0; i < in_flight_; ++i) co_await outbox.send(i);
        for (auto i = rounds_ / 10; i > 0; --i) co_await outbox.send(*co_await inbox.receive());
        measurement_.start();
        for (auto i = rounds_; i > 0; --i) co_await outbox.send(*co_await inbox.receive());
        measurement_.stop();
    }

    int in_flight_;
    std::int64_t rounds_;
    Measurement measurement_;
};

struct Ring final : axon::Composite {
    Ring(int stages, int in_flight, std::int64_t rounds, Taken& taken) {
        auto& first = child<SourceAndSink>(in_flight, rounds, taken);
        axon::Filter<int, int>* last = &first;
        for (int i = 0; i < stages; ++i) last = &(*last | child<Stage>());
        axon::link(last->outbox, first.inbox);
    }
};

double run_pipe(int stages, int in_flight, Taken& taken) {
    const auto rounds = hops / (stages + 1);
    axon::System system{quiet};
    system.spawn<Ring>(stages, in_flight, rounds, taken);
    system.run();
    return taken.watch.ns() / static_cast<double>(rounds * (stages + 1));
}

class Listener final : public axon::Filter<Bytes, int> {
public:
    explicit Listener(bool last) : last_{last} {}

private:
    Task<> main() override {
        while (auto buffer = co_await inbox.receive()) {
            if (last_) co_await outbox.send(static_cast<int>(buffer->size()));
        }
    }

    bool last_;
};

class FanOut final : public axon::Component {
public:
    FanOut(std::int64_t rounds, Taken& taken) : rounds_{rounds}, measurement_{taken} {}

    axon::Inbox<int> heard{*this, "heard"};
    axon::Outbox<Bytes>& add() { return outboxes_.emplace_back(*this, "outbox"); }

private:
    Task<> main() override {
        for (auto i = rounds_ / 10; i > 0; --i) co_await round();
        measurement_.start();
        for (auto i = rounds_; i > 0; --i) co_await round();
        measurement_.stop();
    }
    Task<> round() {
        for (auto& outbox : outboxes_) co_await outbox.send(buffer_);
        (void)co_await heard.receive();
    }

    std::int64_t rounds_;
    Measurement measurement_;
    Bytes buffer_{std::string(buffer_size, 'x')};
    std::deque<axon::Outbox<Bytes>> outboxes_; // they never move
};

struct Audience final : axon::Composite {
    Audience(std::int64_t rounds, Taken& taken) {
        auto& source = child<FanOut>(rounds, taken);
        for (int i = 0; i < listeners; ++i) {
            auto& listener = child<Listener>(i == listeners - 1);
            axon::link(source.add(), listener.inbox);
            if (i == listeners - 1) axon::link(listener.outbox, source.heard);
        }
    }
};

double run_fan_out(Taken& taken) {
    const auto rounds = hops / listeners;
    axon::System system{quiet};
    system.spawn<Audience>(rounds, taken);
    system.run();
    return taken.watch.ns() / static_cast<double>(rounds * listeners);
}

} // namespace

double pipe(int stages, int in_flight) {
    Taken taken;
    return run_pipe(stages, in_flight, taken);
}

double fan_out() {
    Taken taken;
    return run_fan_out(taken);
}

double allocations() {
    std::size_t sum = 0;
    for (const int stages : {2, 10}) {
        for (const int in_flight : {1, capacity}) {
            Taken taken;
            run_pipe(stages, in_flight, taken);
            sum += taken.allocations;
        }
    }
    Taken taken;
    run_fan_out(taken);
    return static_cast<double>(sum + taken.allocations);
}

} // namespace bench
