// Takes the chunked coding off a body (RFC 9112 section 7.1).
//
//     ChunkedBody body{{.line = 4096, .trailer = 16384, .body = 65536}};
//     while (!bytes.empty() && !body.done()) {
//         auto data = body.take(bytes);
//         if (!data)
//             return data.error();
//         use(*data);
//     }
#pragma once

#include "kamaelia/protocol/http/status.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>

namespace kamaelia::http {

/// In bytes. Extensions and trailer fields are skipped, so they are bounded by nothing else.
struct ChunkLimits {
    std::size_t line;    ///< a chunk's size with its extensions. More: 431
    std::size_t trailer; ///< all lines behind the last chunk. More: 431
    std::uint64_t body;  ///< of data, in all. More: 413
};

/// Decodes as the bytes come, byte by byte where they are not data: how they were split makes no
/// difference. Lines must end in CRLF and hold no control character, whatever a quoted string in an
/// extension looks like: two programs that disagree on where a line ends see different requests.
class ChunkedBody {
public:
    explicit ChunkedBody(const ChunkLimits& limits) : limits_{limits} {}

    /// Takes bytes off the front of `bytes`, and gives those that are data: a part of `bytes`, empty
    /// when there was none among them. Takes at least one. The error is the status to answer with.
    [[nodiscard]] std::expected<std::string_view, Status> take(std::string_view& bytes);

    /// The body has ended; what is left in `bytes` is the next message.
    [[nodiscard]] bool done() const { return state_ == State::done; }

private:
    enum class State : std::uint8_t {
        size_start,
        size,
        padding, // behind the size
        extension,
        size_lf,
        data,
        data_cr,
        data_lf,
        line_start, // of the trailer
        line,
        line_lf,
        last_lf,
        done,
    };

    std::expected<void, Status> put(char byte);
    std::expected<void, Status> put_in_size_line(char byte);
    std::expected<void, Status> put_in_trailer(char byte);
    std::expected<void, Status> add_digit(char byte);
    std::expected<void, Status> expect(char byte, char expected, State next);
    std::expected<void, Status> end_size_line();

    ChunkLimits limits_;
    std::uint64_t remaining_ = 0; // of the chunk
    std::uint64_t total_ = 0;     // of data, of the chunks so far
    std::size_t line_length_ = 0; // of the line with the size, or of the trailer
    State state_ = State::size_start;
};

} // namespace kamaelia::http
