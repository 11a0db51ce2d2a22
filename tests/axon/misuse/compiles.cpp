// compiles
// What the others would be if they were right: so none of them fails for another reason.
#include "tests/axon/misuse/parts.hpp"

struct Numbers final : axon::Sink<int> {
    axon::Task<> main() override { co_return; }
};

axon::Task<int> answer();

axon::Task<int> use(Ints& from, Numbers& to) {
    link(from.outbox, to.inbox);
    relink(from.outbox, to.inbox);
    from | to;
    (void)axon::pipeline(std::make_unique<Ints>(), std::make_unique<Numbers>());
    co_await from.outbox.send(1);
    co_return co_await answer();
}
