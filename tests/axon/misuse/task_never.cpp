// error: ignoring return value
// error: nodiscard
#include "tests/axon/misuse/parts.hpp"

axon::Task<int> answer();

axon::Task<> misuse() {
    answer();
    co_return;
}
