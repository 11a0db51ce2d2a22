// error: a Task is awaited once, in the expression that made it
#include "tests/axon/misuse/parts.hpp"

axon::Task<int> answer();

axon::Task<int> misuse() {
    auto task = answer();
    co_return co_await task + co_await task;
}
