// The head of a message, taken apart (RFC 2326 sections 4, 6.1 and 7.1). For MessageReader.
#pragma once

#include "kamaelia/protocol/rtsp/refusal.hpp"
#include "kamaelia/protocol/rtsp/reply.hpp"
#include "kamaelia/protocol/rtsp/request.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace kamaelia::rtsp {

struct Head {
    std::variant<Request, Reply> message;
    std::optional<std::uint64_t> cseq;
    std::uint64_t length = 0;   ///< of the body, in bytes
    bool other_version = false; ///< not RTSP/1.0
    bool http = false;

    [[nodiscard]] std::vector<Field>& fields();
};

/// Reads the first line, without its end.
[[nodiscard]] std::expected<Head, Refusal> parse_start_line(std::string_view line);

/// Reads the other lines into `head`: each ends in a LF alone. A line that begins with a space or a tab goes
/// on with the field before it.
[[nodiscard]] std::expected<void, Refusal> parse_fields(std::string_view lines, std::size_t most, Head& head);

} // namespace kamaelia::rtsp
