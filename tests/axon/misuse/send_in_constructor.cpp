// error: ignoring return value
// error: nodiscard
#include "tests/axon/misuse/parts.hpp"

struct Hasty final : axon::Source<int> {
    Hasty() { outbox.send(1); }
    axon::Task<> main() override { co_return; }
};
