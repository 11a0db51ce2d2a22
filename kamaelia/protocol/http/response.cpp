#include "kamaelia/protocol/http/response.hpp"

#include "kamaelia/protocol/date.hpp"

#include <boost/beast/http/status.hpp>

#include <utility>

namespace kamaelia::http {
namespace {

// What a head has mostly, in bytes.
constexpr std::size_t usual_size = 512;

// No value has a line break: each is ours, and what is made of a client's words is percent-encoded.
class Lines {
public:
    explicit Lines(Status status) {
        text_.reserve(usual_size);
        text_.append("HTTP/1.1 ").append(std::to_string(std::to_underlying(status))).append(" ");
        text_.append(reason(status)).append("\r\n");
    }
    void add(std::string_view name, std::string_view value) {
        text_.append(name).append(": ").append(value).append("\r\n");
    }
    void add_unless_empty(std::string_view name, std::string_view value) {
        if (!value.empty()) add(name, value);
    }
    std::string take() { return std::move(text_.append("\r\n")); }

private:
    std::string text_;
};

// To a preflight (Fetch, 4.8): the fields that a script may send, of those that it has to ask for. Browsers
// keep that for two hours at most.
void allow_scripts(Lines& lines, std::string_view methods) {
    lines.add_unless_empty("Access-Control-Allow-Methods", methods);
    lines.add("Access-Control-Allow-Headers",
              "Range, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since");
    lines.add("Access-Control-Max-Age", "7200");
}

} // namespace

std::string format_head(const ResponseHead& head) {
    Lines lines{head.status};
    lines.add("Server", "kamaelia");
    lines.add("Date", format_date(head.date));
    lines.add_unless_empty("Content-Type", head.content_type);
    if (head.content_length) lines.add("Content-Length", std::to_string(*head.content_length));
    lines.add_unless_empty("Content-Range", head.content_range);
    lines.add_unless_empty("ETag", head.entity_tag);
    if (head.last_modified) lines.add("Last-Modified", format_date(*head.last_modified));
    lines.add_unless_empty("Cache-Control", head.cache_control);
    lines.add_unless_empty("Location", head.location);
    lines.add_unless_empty("Allow", head.allow);
    if (head.accept_ranges) lines.add("Accept-Ranges", "bytes");
    if (head.cross_origin) {
        lines.add("Access-Control-Allow-Origin", "*");
        // Else a script on another page gets the body but cannot see which part of the file it is.
        lines.add("Access-Control-Expose-Headers",
                  "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified");
    }
    if (head.preflight) allow_scripts(lines, head.allow);
    lines.add("Connection", head.keep_alive ? "keep-alive" : "close");
    return lines.take();
}

std::string cache_control(std::chrono::seconds max_age) {
    return max_age.count() > 0 ? "max-age=" + std::to_string(max_age.count()) : "no-cache";
}

std::string_view reason(Status status) {
    const auto text = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    return {text.data(), text.size()};
}

} // namespace kamaelia::http
