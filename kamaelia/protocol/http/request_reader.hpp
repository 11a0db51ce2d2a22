// Reads requests from the bytes of a connection, without doing the reading itself.
//
//     RequestReader reader;
//     while (auto bytes = co_await inbox.receive())
//         for (std::string_view rest = view(*bytes); !rest.empty();) {
//             rest.remove_prefix(reader.feed(rest));
//             if (reader.state() == RequestReader::State::failed)
//                 ...                          // answer reader.error().status, close
//             if (reader.state() == RequestReader::State::wants_continue)
//                 reader.proceed();            // and say 100; or refuse reader.take(), and close
//             if (reader.state() == RequestReader::State::complete)
//                 answer(reader.take());       // what is left in `rest` is the next request
//         }
#pragma once

#include "kamaelia/protocol/http/head_scanner.hpp"
#include "kamaelia/protocol/http/request.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace kamaelia::http {

/// What is refused for its size. In bytes, but for `fields`.
struct ReadLimits {
    std::size_t request_line = 8192; ///< more: 414
    std::size_t head = 16384;   ///< request line and fields; a chunk's header and the trailer too. More: 431
    std::size_t fields = 100;   ///< how many. More: 431
    std::uint64_t body = 65536; ///< more: 413
};

/// Takes in requests one after the other (RFC 9112), keeps their heads and throws their bodies away.
/// Between two requests it holds no memory of its own.
///
/// Refuses what two programs in a row could understand differently: a length and a transfer coding
/// together, two lengths, a missing or repeated Host, a field name with a space behind it. Unknown
/// methods get 501, unknown versions 505, unknown expectations 417.
///
/// A client that says `Expect: 100-continue` and announces a body waits to be told: the reader then wants
/// to know whether it shall come. If it shall not, the request is taken as it is, and the connection ends
/// with the answer.
class RequestReader {
public:
    enum class State : std::uint8_t { need_more, wants_continue, complete, failed };

    explicit RequestReader(const ReadLimits& limits = {});
    RequestReader(RequestReader&&) noexcept;
    RequestReader& operator=(RequestReader&&) noexcept;
    ~RequestReader();

    /// Takes bytes in order and returns how many it used: all of them, or up to the end of a
    /// request, or some number once it has failed. Uses none while state() is not need_more.
    std::size_t feed(std::string_view bytes);

    [[nodiscard]] State state() const noexcept;
    /// Whether part of a request has come: if the input ends now, something was cut off.
    [[nodiscard]] bool started() const noexcept;
    /// The request, when state() is complete or wants_continue.
    [[nodiscard]] const Request& request() const noexcept;
    /// Goes on to the body, when state() is wants_continue. It fails if that is too large; else the client
    /// is to be told to send it.
    void proceed();
    /// The request, when state() is complete or wants_continue; the next one may then be fed, unless it is
    /// the last.
    [[nodiscard]] Request take();
    /// What went wrong, when state() is failed, which it stays.
    [[nodiscard]] const RequestError& error() const noexcept;

private:
    struct Reading; // of one request; keeps Beast out of this header

    ReadLimits limits_;
    std::unique_ptr<Reading> reading_; // none between requests
};

} // namespace kamaelia::http
