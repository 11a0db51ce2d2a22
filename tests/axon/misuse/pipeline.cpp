// error: messages of the first box do not fit into the second
// error: int.*string
#include "tests/axon/misuse/parts.hpp"

auto misuse() { return axon::pipeline(std::make_unique<Ints>(), std::make_unique<Texts>()); }
