// Many components at once: what one costs to start, to keep and to stop.
#include "axon/filter.hpp"
#include "kamaelia/util/echo.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/messages.hpp"

namespace bench {
namespace {

using axon::Task;

class Brief final : public axon::Filter<int, int> {
    Task<> main() override { co_return; }
};

// Spawns `Brief`s, a batch at a time.
class Nursery final : public axon::Component {
public:
    explicit Nursery(Stopwatch& watch) : watch_{watch} {}

private:
    Task<> main() override {
        for (int i = 0; i < batch; ++i) spawn<Brief>();
        co_await children_ended();
        watch_.start();
        for (int born = 0; born < crowd; born += batch) {
            for (int i = 0; i < batch; ++i) spawn<Brief>();
            co_await children_ended();
        }
        watch_.stop();
    }

    Stopwatch& watch_;
};

class Listener final : public axon::Sink<axon::Bytes> {
    Task<> main() override {
        while (co_await inbox.receive()) {
        }
    }
};

template <class Each>
class CrowdOf final : public axon::Component {
    Task<> main() override {
        for (int i = 0; i < crowd; ++i) spawn<Each>();
        co_await children_ended();
    }
};

class Shouter final : public axon::Source<int> {
    Task<> main() override {
        while (true) co_await outbox.send(0);
    }
};

class Shouters final : public axon::Component {
    axon::Inbox<int> unread_{*this, "unread"};
    Task<> main() override {
        for (int i = 0; i < crowd; ++i) axon::link(spawn<Shouter>().get()->outbox, unread_);
        co_await children_ended();
    }
};

template <class Crowd>
void settle(axon::System& system) {
    system.spawn<Crowd>();
    while (system.scheduler().pass()) {
    }
}

template <class Each>
double bytes_of_one() {
    axon::System system{quiet};
    const auto before = heap_in_use();
    settle<CrowdOf<Each>>(system);
    return (heap_in_use() - before) / crowd;
}

template <class Crowd>
double milliseconds_to_stop() {
    axon::System system{quiet};
    settle<Crowd>(system);
    Stopwatch watch;
    watch.start();
    system.stop_all();
    system.run();
    watch.stop();
    return watch.ns() / 1e6;
}

} // namespace

double spawn_and_end() {
    Stopwatch watch;
    axon::System system{quiet};
    system.spawn<Nursery>(watch);
    system.run();
    return watch.ns() / crowd;
}

double idle_bytes() { return bytes_of_one<Listener>(); }

double idle_echo_bytes() { return bytes_of_one<kamaelia::Echo>(); }

double stop_receivers() { return milliseconds_to_stop<CrowdOf<kamaelia::Echo>>(); }

double stop_senders() { return milliseconds_to_stop<Shouters>(); }

} // namespace bench
