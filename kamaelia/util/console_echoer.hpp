// ConsoleEchoer: writes what it hears to standard output, and passes it on.
//
//     protocol:
//       - ConsoleEchoer: { escape: yes }       # who runs the server sees what clients say
//       - Echo
//
//     source | child<ConsoleEchoer>() | sink;
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <chrono>

namespace kamaelia {

/// A message is passed on once it is written, whole and unchanged. Standard output never holds up the
/// scheduler: it is written to elsewhere, and only when it takes something; one that takes nothing for
/// a while holds up this pipeline alone. One that cannot be written to is warned of once; everything is
/// passed on all the same. Ends when its input ends.
class ConsoleEchoer final : public axon::Filter<axon::Bytes, axon::Bytes> {
public:
    struct Params {
        bool escape = false;

        static auto fields() {
            return axon::fields(axon::field("escape", &Params::escape,
                                            "writes what is not printable ASCII as \\xNN, so that no client "
                                            "commands the terminal"));
        }
        bool operator==(const Params&) const = default;
    };

    ConsoleEchoer() : ConsoleEchoer{Params{}} {}
    explicit ConsoleEchoer(Params params);
    /// Writes to `console` instead of standard output. Who writes to a pipe ignores SIGPIPE.
    ConsoleEchoer(Params params, Descriptor console);

    /// How long it leaves a console alone that takes nothing.
    static constexpr axon::Duration pause_when_full = std::chrono::milliseconds{20};

private:
    axon::Task<> main() override;
    axon::Task<> write(axon::Bytes text);

    Params params_;
    Descriptor console_;
};

} // namespace kamaelia
