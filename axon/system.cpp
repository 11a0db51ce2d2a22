#include "axon/system.hpp"

namespace axon {

System::System(const SystemOptions& options)
    : clock_{options.clock ? options.clock : &steady_clock_},
      log_{options.log ? options.log : &stderr_log_},
      network_{options.network},
      random_{options.random_seed.value_or(std::random_device{}())},
      scheduler_{std::make_unique<Scheduler>(*this, options.scheduler)},
      offload_pool_{options.offload_threads} {
    cat_.scheduler_ = scheduler_.get();
}

System::~System() = default;

void System::start(std::unique_ptr<Component> component) {
    scheduler_->root().add_child(*component, true);
    (void)component.release();
}

void System::stop_component(Component& component) { component.stop_now(); }

void System::stop_all() {
    for (auto* child = scheduler_->root().first_child(); child; child = child->next_sibling())
        stop_component(*child);
}

} // namespace axon
