// Cuts the head of a request out of what arrives.
#pragma once

#include "kamaelia/protocol/http/status.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace kamaelia::http {

/// Why a request is refused, and with which status. No request can follow it on its connection.
struct RequestError {
    Status status = Status::bad_request;
    std::string reason; ///< one line for people and logs
};

/// Finds the end of the request line and of the head, byte by byte: so neither the limits nor the
/// errors depend on how the bytes were split on their way. Refuses at once what no head may hold: a
/// control character, a CR or LF alone (RFC 9112 2.2). A TLS hello or a line of HTTP/0.9 gets its
/// answer without waiting for an end that never comes.
class HeadScanner {
public:
    /// In bytes: of the first line without its CRLF, and of the whole head with every CRLF.
    HeadScanner(std::size_t line_limit, std::size_t head_limit);

    enum class Reached : std::uint8_t {
        nothing,
        request_line, ///< text() is the first line with its CRLF
        head,         ///< text() is the head with the empty line that ends it
    };

    /// Adds one byte. Not to be called after an error, nor after `head`.
    [[nodiscard]] std::expected<Reached, RequestError> put(char byte);

    /// What came so far, without empty lines in front (RFC 9112 2.2 asks to skip them).
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    std::expected<Reached, RequestError> end_of_line();

    std::size_t line_limit_;
    std::size_t head_limit_;
    std::size_t skipped_ = 0;    // bytes of empty lines in front: an endless row of them is no request
    std::size_t line_start_ = 0; // of the line that is coming in, in text_
    std::string text_;
};

} // namespace kamaelia::http
