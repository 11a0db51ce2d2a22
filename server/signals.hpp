// Signals: what the operating system's signals say, as messages.
#pragma once

#include "axon/filter.hpp"
#include "kamaelia/internet/selector.hpp"
#include "kamaelia/util/descriptor.hpp"

namespace server {

/// SIGTERM, SIGINT and SIGHUP, by number, in the order in which they came. One in a process at a time: a
/// signal handler has nothing but globals. SIGPIPE is ignored from then on.
class Signals final : public axon::Source<int> {
public:
    /// Takes the signals over. Throws std::system_error.
    Signals();
    /// Gives them back to what they did before.
    ~Signals() override;

private:
    axon::Task<> main() override;

    kamaelia::Descriptor read_end_;
    kamaelia::Descriptor write_end_;
};

} // namespace server
