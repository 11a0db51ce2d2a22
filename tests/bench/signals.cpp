// What a signal costs a component that handles control itself, with 10,000 of them waiting and with
// 100,000: the same, or taking one means moving up all others.
#include "axon/component.hpp"
#include "axon/system.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace {

using axon::Task;

class Listens final : public axon::Component {
public:
    explicit Listens(int count) : Component{axon::handles_control}, left_{count} {}

private:
    Task<> main() override {
        while (left_-- > 0) (void)co_await control.receive();
    }
    int left_;
};

// Nanoseconds for each of `count` signals that wait at once; the best of three times.
double signal_cost(int count) {
    auto best = std::chrono::nanoseconds::max();
    for (int time = 0; time < 3; ++time) {
        axon::System system;
        auto& listens = *system.spawn<Listens>(count).get();
        for (int i = 0; i < count; ++i) listens.control.deliver(axon::Shutdown{});
        const auto begun = std::chrono::steady_clock::now();
        system.run();
        best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - begun);
    }
    return static_cast<double>(best.count()) / count;
}

} // namespace

int main() {
    const auto few = signal_cost(10'000);
    const auto many = signal_cost(100'000);
    std::printf("a signal of 10,000: %.1f ns, of 100,000: %.1f ns\n", few, many);
    return many < 5 * few ? 0 : 1; // ten times would be quadratic
}
