// AwaitSum: the awaits of a crowd, those that stand at one place for the same counted together. Internal to
// group_snapshot.
#pragma once

#include "axon/snapshot.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace axon {

class AwaitSum {
public:
    /// Alike are two whose reasons differ in times and in numbers only (one descriptor is like the other):
    /// the shortest time stays, and of a number a star.
    void add(Snapshot::Await&& await);
    [[nodiscard]] std::vector<Snapshot::Await> list() && { return std::move(list_); }

private:
    std::vector<Snapshot::Await> list_;
    std::map<std::string, std::size_t> places_;
};

} // namespace axon
