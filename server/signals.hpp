// Signals: what the operating system's signals say, as messages.
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/internet/selector.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <cstddef>

namespace server {

/// SIGTERM, SIGINT and SIGHUP, by number, in the order in which they came. Each that there is, one a worker,
/// hears all of them. SIGPIPE is ignored from then on.
class Signals final : public axon::Source<int> {
public:
    /// So many in a process at a time: a signal handler has nothing but globals.
    static constexpr std::size_t most = 1024;

    /// The first takes the signals over. Throws std::system_error.
    Signals();
    /// The last gives them back to what they did before.
    ~Signals() override;

private:
    axon::Task<> main() override;

    kamaelia::Descriptor read_end_;
    kamaelia::Descriptor write_end_;
};

} // namespace server
