#include "axon/testing/rig.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace axon::testing {
namespace {

// Several rigs may live at once; frames belong to the thread, so they are counted when the last one goes.
thread_local std::size_t rigs = 0;
thread_local std::size_t frames_before = 0;

} // namespace

class Rig::Bench final : public Component {
    Task<> main() override { return {}; }
};

Rig::Rig(const RigOptions& options) : bench_{std::make_unique<Bench>()} {
    if (rigs++ == 0) frames_before = detail::live_frames;
    SystemOptions system{.clock = &clock_,
                         .log = &log_,
                         .network = options.network,
                         .random_seed = options.shuffle.value_or(1),
                         .offload_threads = 0,
                         .scheduler = {}};
    system.scheduler.shuffle = options.shuffle;
    if (options.quota) system.scheduler.quota = *options.quota;
    system_ = std::make_unique<System>(system);
}

Rig::~Rig() {
    feeders_.clear();
    system_.reset();
    collectors_.clear();
    if (--rigs > 0 || detail::live_frames == frames_before) return;
    std::fprintf(stderr, "Rig: %zu coroutine frames are left over\n", detail::live_frames - frames_before);
    std::abort();
}

void Rig::keep(std::unique_ptr<Component> component) {
    scheduler().root().add_child(*component, false);
    added_.push_back(component.release());
}

void Rig::attach_collectors() {
    for (auto* component : std::exchange(added_, {})) {
        for (auto* box = component->first_box(); box; box = box->next_box()) {
            if (box->is_inbox() || box->destination()) continue;
            auto& outbox = static_cast<OutboxBase&>(*box);
            if (std::ranges::find(unlinked_, &outbox) != unlinked_.end()) continue;
            auto collector = outbox.type().make_inbox(*bench_, "collected");
            collector->set_options({.capacity = 0, .bytes = 0});
            Linkages::link(outbox, *collector);
            collectors_.emplace(&outbox, std::move(collector));
        }
    }
}

bool Rig::closed(const OutboxBase& outbox) const {
    const auto collector = collectors_.find(&outbox);
    return collector != collectors_.end() && collector->second->first_source() == nullptr;
}

void Rig::stop(Component& component) { component.stop_now(); }

bool Rig::step() {
    attach_collectors();
    for (auto& [inbox, feeder] : feeders_) feeder->flush();
    scheduler().poll();
    return scheduler().pass();
}

void Rig::run() {
    for (int passes = 0; passes < 10'000'000; ++passes) {
        if (!step() && !scheduler().poll() && scheduler().idle()) return;
    }
    throw std::runtime_error{"the components do not come to rest"};
}

void Rig::advance(Duration duration) {
    const auto end = clock_.now() + duration;
    run();
    while (true) {
        const auto next = scheduler().next_timer();
        if (!next || *next > end) break;
        clock_.set(std::max(*next, clock_.now()));
        run();
    }
    clock_.set(end);
    run();
}

} // namespace axon::testing
