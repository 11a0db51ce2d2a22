// What a GET or HEAD of a file is answered with: conditions and ranges together (RFC 9110 13.2.2).
//
//     auto answer = answer_file(request, {.version = version, .type = media_type(path), .now = now});
//     send(format_head(answer.head));             // a refusal, 4xx, has an error page as its body
//     send_file(file, answer.offset, answer.count);
#pragma once

#include "kamaelia/protocol/http/entity_tag.hpp"
#include "kamaelia/protocol/http/request.hpp"
#include "kamaelia/protocol/http/response.hpp"

#include <chrono>
#include <cstdint>
#include <string_view>

namespace kamaelia::http {

struct ServedFile {
    FileVersion version{};
    std::string_view type{};        ///< its media type
    std::chrono::seconds max_age{}; ///< how long a copy may be used without asking; 0: not at all
    std::chrono::sys_seconds now{};
};

struct FileAnswer {
    ResponseHead head{};      ///< without Connection's part; a 4xx has no length yet
    std::uint64_t offset = 0; ///< what of the file is its body
    std::uint64_t count = 0;  ///< in bytes; to HEAD, too, for which nothing is sent

    [[nodiscard]] bool refused() const { return head.status >= Status::bad_request; }
};

/// 200, 206 with one range, 304, 412 or 416. Last-Modified is never later than `now`.
[[nodiscard]] FileAnswer answer_file(const Request& request, const ServedFile& file);

} // namespace kamaelia::http
