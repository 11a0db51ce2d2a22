// What the snippets of misuse put together wrongly.
#pragma once

#include "axon/composite.hpp"
#include "axon/filter.hpp"
#include "axon/pipeline.hpp"

#include <string>

struct Ints final : axon::Source<int> {
    axon::Task<> main() override { co_return; }
};
struct Texts final : axon::Sink<std::string> {
    axon::Task<> main() override { co_return; }
};
