#include "kamaelia/protocol/http/head_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace kamaelia::http {
namespace {

using BeastError = boost::beast::http::error;

struct MethodName {
    std::string_view name;
    Method method;
};

constexpr MethodName methods[] = {
    {"GET", Method::get},         {"HEAD", Method::head},      {"POST", Method::post},
    {"PUT", Method::put},         {"DELETE", Method::delete_}, {"CONNECT", Method::connect},
    {"OPTIONS", Method::options}, {"TRACE", Method::trace},    {"PATCH", Method::patch},
    {"SOURCE", Method::source},
};

} // namespace

HeadParser::HeadParser(std::size_t field_limit) : field_limit_{field_limit} {
    // HeadScanner and RequestReader have counted.
    header_limit(std::numeric_limits<std::uint32_t>::max());
    body_limit(boost::none);
}

std::expected<void, RequestError> HeadParser::parse_line(std::string_view line) {
    ErrorCode error;
    put(boost::asio::buffer(line.data(), line.size()), error);
    if (error == BeastError::need_more) return {}; // the fields
    return why(error);
}

std::expected<void, RequestError> HeadParser::parse_fields(std::string_view lines) {
    ErrorCode error;
    put(boost::asio::buffer(lines.data(), lines.size()), error);
    if (!error.failed()) return {};
    return why(error);
}

std::unexpected<RequestError> HeadParser::why(const ErrorCode& error) const {
    if (refusal_) return std::unexpected{*refusal_};
    Status status = Status::bad_request;
    if (error == BeastError::bad_version) status = Status::version_not_supported;
    if (error == BeastError::header_limit) status = Status::header_fields_too_large;
    return std::unexpected{RequestError{status, error.message()}};
}

void HeadParser::refuse(ErrorCode& error, Status status, std::string_view reason) {
    refusal_ = RequestError{status, std::string{reason}};
    error = BeastError::bad_value; // any: it makes put() stop
}

void HeadParser::on_request_impl(boost::beast::http::verb, Text method, Text target, int version,
                                 ErrorCode& error) {
    const auto* known =
        std::ranges::find(methods, std::string_view{method.data(), method.size()}, &MethodName::name);
    if (known == std::end(methods)) return refuse(error, Status::not_implemented, "an unknown method");
    request.method = known->method;
    request.target.assign(target.data(), target.size());
    request.http_1_0 = version == 10;
}

void HeadParser::on_field_impl(boost::beast::http::field, Text name, Text value, ErrorCode& error) {
    if (request.fields.size() == field_limit_)
        return refuse(error, Status::header_fields_too_large, "too many fields");
    request.fields.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
}

void HeadParser::on_header_impl(ErrorCode&) { request.keep_alive = keep_alive(); }

} // namespace kamaelia::http
