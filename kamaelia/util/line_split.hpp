// LineSplit: cuts a stream of bytes into lines.
//
//     protocol:
//       - LineSplit: { longest: 1KiB }
//       - Echo
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace kamaelia {

/// However the bytes were cut before, each message that leaves is one line, the last one also when no
/// newline ends it. The newline, "\n" or "\r\n", is taken off or kept. A line of more than `longest` bytes,
/// a "\r" counted and the "\n" not, leaves in pieces of that length, so that nobody can fill the memory.
/// Lines share the bytes that they came in; only one that came in several messages is copied. A Shutdown
/// leaves out a line that has not come to its end.
class LineSplit final : public axon::Filter<axon::Bytes, axon::Bytes> {
public:
    struct Params {
        axon::ByteSize longest{std::uint64_t{64} * 1024};
        bool keep_newline = false;

        static auto fields() {
            return axon::fields(
                axon::field("longest", &Params::longest, "bytes of a line; longer ones leave in pieces")
                    .range({1}, {std::uint64_t{1024} * 1024}),
                axon::field("keep_newline", &Params::keep_newline,
                            "leaves the newline at the end of the line"));
        }
        bool operator==(const Params&) const = default;
    };

    LineSplit() = default;
    explicit LineSplit(Params params) noexcept : params_{params} {}

private:
    axon::Task<> main() override;
    /// The next line or piece of `data` at `from`, which moves on; nothing once the rest is kept.
    std::optional<axon::Bytes> next(const axon::Bytes& data, std::size_t& from);
    /// What was kept and `end`.
    axon::Bytes joined(axon::Bytes end);

    Params params_;
    std::string kept_; ///< the beginning of a line, at most `longest`
};

} // namespace kamaelia
