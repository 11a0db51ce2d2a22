#include "kamaelia/protocol/http/response.hpp"

#include "kamaelia/protocol/http/date.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/serializer.hpp>

namespace kamaelia::http {
namespace {

namespace beast = boost::beast;
using beast::http::field;

using BeastResponse = beast::http::response<beast::http::empty_body>;

void set_unless_empty(BeastResponse& response, field name, const std::string& value) {
    if (!value.empty()) response.set(name, value);
}

// To a preflight (Fetch, 4.8): the fields that a script may send, of those that it has to ask for. Browsers
// keep that for two hours at most.
void allow_scripts(BeastResponse& response, const std::string& methods) {
    set_unless_empty(response, field::access_control_allow_methods, methods);
    response.set(field::access_control_allow_headers,
                 "Range, If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since");
    response.set(field::access_control_max_age, "7200");
}

BeastResponse to_beast(const ResponseHead& head) {
    BeastResponse response{static_cast<beast::http::status>(head.status), 11};
    response.set(field::server, "kamaelia");
    response.set(field::date, format_date(head.date));
    set_unless_empty(response, field::content_type, head.content_type);
    if (head.content_length) response.set(field::content_length, std::to_string(*head.content_length));
    set_unless_empty(response, field::content_range, head.content_range);
    set_unless_empty(response, field::etag, head.entity_tag);
    if (head.last_modified) response.set(field::last_modified, format_date(*head.last_modified));
    set_unless_empty(response, field::cache_control, head.cache_control);
    set_unless_empty(response, field::location, head.location);
    set_unless_empty(response, field::allow, head.allow);
    if (head.accept_ranges) response.set(field::accept_ranges, "bytes");
    if (head.cross_origin) {
        response.set(field::access_control_allow_origin, "*");
        // Else a script on another page gets the body but cannot see which part of the file it is.
        response.set(field::access_control_expose_headers,
                     "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified");
    }
    if (head.preflight) allow_scripts(response, head.allow);
    response.set(field::connection, head.keep_alive ? "keep-alive" : "close");
    return response;
}

} // namespace

std::string format_head(const ResponseHead& head) {
    const BeastResponse response = to_beast(head);
    beast::http::response_serializer<beast::http::empty_body> serializer{response};
    std::string text;
    beast::error_code error;
    serializer.next(error, [&](beast::error_code&, const auto& buffers) {
        text = beast::buffers_to_string(buffers);
        serializer.consume(text.size());
    });
    return text;
}

std::string cache_control(std::chrono::seconds max_age) {
    return max_age.count() > 0 ? "max-age=" + std::to_string(max_age.count()) : "no-cache";
}

std::string_view reason(Status status) {
    const auto text = beast::http::obsolete_reason(static_cast<beast::http::status>(status));
    return {text.data(), text.size()};
}

} // namespace kamaelia::http
