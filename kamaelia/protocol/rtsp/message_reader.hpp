// Reads requests, replies and interleaved data from the bytes of a connection, without doing the reading
// itself.
//
//     MessageReader reader;
//     while (auto bytes = co_await inbox.receive())
//         for (std::string_view rest = bytes->view(); auto message = reader.next(rest);) {
//             if (const auto* request = std::get_if<Request>(&*message)) answer(*request);
//             if (const auto* frame = std::get_if<Frame>(&*message)) rtcp(frame->channel, frame->payload);
//             if (const auto* refusal = std::get_if<Refusal>(&*message)) ...  // answer; close if it ends
//         }
#pragma once

#include "kamaelia/protocol/rtsp/refusal.hpp"
#include "kamaelia/protocol/rtsp/reply.hpp"
#include "kamaelia/protocol/rtsp/request.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

namespace kamaelia::rtsp {

/// What is refused for its size. In bytes, but for `fields`.
struct ReadLimits {
    std::uint32_t start_line = 8192;
    std::uint32_t head = 16384; ///< start line, fields, and empty lines in front
    std::uint32_t fields = 100; ///< how many
    std::uint32_t body = 65536;
};

/// One packet of interleaved binary data (RFC 2326 10.12), of at most 65535 bytes.
struct Frame {
    std::uint8_t channel = 0;
    /// Stays until the next call of next(), and no longer than the bytes that were given to it.
    std::string_view payload;
};

using Message = std::variant<Request, Reply, Frame, Refusal>;

/// Takes in what comes on one connection, however it is split: messages with their bodies, and frames
/// between them. A server reads requests with it, a client replies, and requests too.
///
/// Lines end in CRLF, or in LF alone, as RFC 2326 4 wants receivers to be prepared for. A CR alone, which it
/// also mentions, is refused: no client sends it, and whether a head has ended would then depend on a byte
/// that may never come. Empty lines between messages are skipped.
///
/// Memory follows what has come, never what was announced. Between two messages there is none but this
/// object.
class MessageReader {
public:
    explicit MessageReader(const ReadLimits& limits = {});
    MessageReader(MessageReader&&) noexcept;
    MessageReader& operator=(MessageReader&&) noexcept;
    ~MessageReader();

    /// Takes bytes off the front of `bytes` up to the end of a message, which it returns; or all of them, and
    /// nothing is complete yet. After a refusal that ends it takes nothing more and returns nothing.
    [[nodiscard]] std::optional<Message> next(std::string_view& bytes);

private:
    struct Reading; // of one message

    ReadLimits limits_;
    std::unique_ptr<Reading> reading_; // none between messages
    bool ended_ = false;
};

} // namespace kamaelia::rtsp
