// error: messages of the first box do not fit into the second
// error: int.*string
#include "tests/axon/misuse/parts.hpp"

void misuse(Ints& from, Texts& to) { link(from.outbox, to.inbox); }
