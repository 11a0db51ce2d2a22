// bench_caf ROW: the part of CAF, the C++ Actor Framework, in the message benchmark. A component is an
// event-based actor; one worker thread, and all who send are actors, so that no message crosses threads.
// CAF has no cancellation of a timer that leaves the other ones of the same actor alone.
#include "axon/bytes.hpp"
#include "tests/bench/measure.hpp"

#include <caf/all.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(axon::Bytes)

namespace bench {
namespace {

using namespace std::chrono_literals;
using axon::Bytes;
using caf::actor;
using caf::behavior;
using caf::event_based_actor;

constexpr std::int64_t hops = 300'000;

struct OneThread : caf::actor_system_config {
    OneThread() { set("scheduler.max-threads", 1); }
};

struct World {
    OneThread config;
    caf::actor_system system{config};

    /// Until it and all that it spawned have ended. An actor to which nobody has a handle may end early.
    template <class... Args>
    static void run(Args... args) {
        World world;
        const actor first = world.system.spawn(args...);
        world.system.await_all_actors_done();
    }
};

behavior stage(event_based_actor* self, const actor& next) {
    return {[=](int message) { self->send(next, message); }};
}

behavior source_and_sink(event_based_actor* self, int stages, int in_flight, std::int64_t rounds,
                         Stopwatch* watch) {
    actor next = self;
    for (int i = 0; i < stages; ++i) next = self->spawn<caf::linked>(stage, next);
    for (int i = 0; i < in_flight; ++i) self->send(next, i);
    return {[=, left = rounds + rounds / 10](int message) mutable {
        if (left == rounds) watch->start();
        if (left-- > 0) return self->send(next, message);
        watch->stop();
        self->quit(caf::exit_reason::user_shutdown);
    }};
}

template <int Stages, int InFlight>
double pipe() {
    const auto rounds = hops / (Stages + 1);
    Stopwatch watch;
    World::run(source_and_sink, Stages, InFlight, rounds, &watch);
    return watch.ns() / static_cast<double>(rounds * (Stages + 1));
}

behavior listener(event_based_actor* self, const actor& heard) {
    return {[=](const Bytes& buffer) {
        if (heard) self->send(heard, static_cast<int>(buffer.size()));
    }};
}

behavior source(event_based_actor* self, std::int64_t rounds, Stopwatch* watch) {
    std::vector<actor> to;
    for (int i = 0; i < listeners; ++i) {
        to.push_back(self->spawn<caf::linked>(listener, i == listeners - 1 ? actor{self} : actor{}));
    }
    self->send(self, 0);
    const auto buffer = caf::make_message(Bytes{std::string(buffer_size, 'x')});
    return {[=, left = rounds + rounds / 10](int) mutable {
        if (left == rounds) watch->start();
        if (left-- > 0) {
            for (const auto& each : to) self->send(each, buffer);
        } else {
            watch->stop();
            self->quit(caf::exit_reason::user_shutdown);
        }
    }};
}

double fan_out() {
    const auto rounds = hops / listeners;
    Stopwatch watch;
    World::run(source, rounds, &watch);
    return watch.ns() / static_cast<double>(rounds * listeners);
}

// It tells its end itself: that is cheaper than to be monitored.
behavior brief(event_based_actor* self, const actor& parent) {
    self->send(parent, 0);
    self->quit();
    return {};
}

behavior nursery(event_based_actor* self, Stopwatch* watch) {
    const auto one_batch = [=] {
        for (int i = 0; i < batch; ++i) self->spawn(brief, actor{self});
    };
    one_batch();
    return {[=, ended = -batch](int) mutable {
        if (++ended == crowd) {
            watch->stop();
            self->quit();
        } else if (ended % batch == 0) {
            if (ended == 0) watch->start();
            one_batch();
        }
    }};
}

double spawn_and_end() {
    Stopwatch watch;
    World::run(nursery, &watch);
    return watch.ns() / crowd;
}

std::vector<actor> start_crowd(World& world) {
    std::vector<actor> all;
    all.reserve(crowd);
    for (int i = 0; i < crowd; ++i) all.push_back(world.system.spawn<caf::lazy_init>(listener, actor{}));
    caf::scoped_actor self{world.system}; // a message each, so that they have all been set up
    for (const auto& each : all) self->send(each, Bytes{});
    auto last = world.system.spawn(listener, actor{self});
    self->send(last, Bytes{});
    self->receive([](int) {});
    caf::anon_send_exit(last, caf::exit_reason::user_shutdown);
    return all;
}

double idle_bytes() {
    World world;
    const auto before = heap_in_use();
    const auto all = start_crowd(world);
    const auto bytes = (heap_in_use() - before) / crowd;
    for (const auto& each : all) caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    return bytes;
}

double stop() {
    World world;
    auto all = start_crowd(world);
    Stopwatch watch;
    watch.start();
    for (auto& each : all) caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    all.clear();
    world.system.await_all_actors_done();
    watch.stop();
    return watch.ns() / 1e6;
}

behavior expiry(event_based_actor* self, Stopwatch* watch) {
    std::minstd_rand random;
    std::uniform_int_distribution<std::int64_t> later{std::chrono::nanoseconds{50ms}.count(),
                                                      std::chrono::nanoseconds{60ms}.count()};
    watch->start();
    for (int i = 0; i < crowd; ++i) {
        self->delayed_send(self, std::chrono::nanoseconds{later(random)}, i);
    }
    return {[=, rung = 0](int) mutable {
        if (++rung < crowd) return;
        watch->stop();
        self->quit();
    }};
}

double timer_expire() {
    Stopwatch watch;
    World::run(expiry, &watch);
    return watch.ns() / crowd;
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
                  {"spawn", spawn_and_end},
                  {"idle", idle_bytes},
                  {"stop", stop},
                  {"timer-expire", timer_expire}});
}
