#include "kamaelia/protocol/http/head_rules.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace kamaelia::http {
namespace {

std::unexpected<RequestError> refuse(Status status, std::string_view reason) {
    return std::unexpected{RequestError{status, std::string{reason}}};
}

// What can stand in uri-host [ ":" port ] (RFC 3986 3.2.2).
constexpr bool may_stand_in_host(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view{"-._~%!$&'()*+,;=:[]"}.contains(c);
}

// The elements of all fields `name`, which together are one list (RFC 9110 5.3).
std::vector<std::string_view> list_of(const Request& request, std::string_view name) {
    std::vector<std::string_view> elements;
    for (const Field& field : request.fields) {
        if (!iequals(field.name, name)) continue;
        for (std::string_view rest = field.value; !rest.empty();)
            if (const auto element = next_element(rest); !element.empty()) elements.push_back(element);
    }
    return elements;
}

std::ptrdiff_t count(const Request& request, std::string_view name) {
    return std::ranges::count_if(request.fields, [&](const Field& f) { return iequals(f.name, name); });
}

std::expected<void, RequestError> check_host(const Request& request) {
    const auto hosts = count(request, "Host");
    if (hosts > 1) return refuse(Status::bad_request, "more than one Host");
    if (hosts == 0) {
        if (request.http_1_0) return {};
        return refuse(Status::bad_request, "no Host");
    }
    if (!std::ranges::all_of(*request.field("Host"), may_stand_in_host))
        return refuse(Status::bad_request, "a malformed Host");
    return {};
}

std::expected<void, RequestError> check_transfer_encoding(const Request& request) {
    if (count(request, "Transfer-Encoding") == 0) return {};
    if (request.http_1_0) return refuse(Status::bad_request, "a Transfer-Encoding in HTTP/1.0");
    const auto codings = list_of(request, "Transfer-Encoding");
    if (codings.empty() || !iequals(codings.back(), "chunked"))
        return refuse(Status::bad_request, "a Transfer-Encoding that does not end in chunked");
    if (codings.size() > 1) return refuse(Status::not_implemented, "a transfer coding besides chunked");
    return {};
}

std::expected<void, RequestError> check_expect(const Request& request) {
    if (request.http_1_0) return {}; // to be ignored there
    for (const std::string_view expectation : list_of(request, "Expect"))
        if (!iequals(expectation, "100-continue"))
            return refuse(Status::expectation_failed, "an unknown expectation");
    return {};
}

} // namespace

bool names_a_version(std::string_view line) {
    line.remove_suffix(2);
    const std::size_t space = line.rfind(' ');
    if (space == std::string_view::npos || std::ranges::count(line, ' ') != 2) return false;
    const std::string_view version = line.substr(space + 1);
    return version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) && version[6] == '.' &&
           is_digit(version[7]);
}

std::optional<std::string> as_1_1(std::string_view line) {
    if (!names_a_version(line) || line[line.size() - 5] != '1' || line[line.size() - 3] <= '1')
        return std::nullopt;
    std::string read{line};
    read[read.size() - 3] = '1';
    return read;
}

std::expected<void, RequestError> check_head(const Request& request) {
    if (auto host = check_host(request); !host) return host;
    if (auto coding = check_transfer_encoding(request); !coding) return coding;
    return check_expect(request);
}

bool expects_continue(const Request& request) {
    return !request.http_1_0 && !list_of(request, "Expect").empty();
}

bool wants_close(const Request& request) {
    return std::ranges::any_of(list_of(request, "Connection"),
                               [](std::string_view option) { return iequals(option, "close"); });
}

} // namespace kamaelia::http
