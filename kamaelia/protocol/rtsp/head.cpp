#include "kamaelia/protocol/rtsp/head.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <utility>

namespace kamaelia::rtsp {
namespace {

std::unexpected<Refusal> malformed(std::string_view why) {
    return std::unexpected{Refusal{.status = Status::bad_request, .why = why}};
}

// protocol "/" 1*DIGIT "." 1*DIGIT
bool is_version(std::string_view text, std::string_view protocol) {
    if (!text.starts_with(protocol) || !text.substr(protocol.size()).starts_with('/')) return false;
    text.remove_prefix(protocol.size() + 1);
    const std::size_t dot = std::min(text.find('.'), text.size());
    const auto is_number = [](std::string_view digits) {
        return !digits.empty() && std::ranges::all_of(digits, is_digit);
    };
    return is_number(text.substr(0, dot)) && is_number(text.substr(std::min(dot + 1, text.size())));
}

// RTSP-Version SP Status-Code SP Reason-Phrase; a reason that is left out takes its space with it at times.
std::expected<Head, Refusal> parse_status_line(std::string_view line) {
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string_view version = line.substr(0, space);
    const std::string_view rest = line.substr(std::min(space + 1, line.size()));
    const auto status = parse_number<unsigned>(rest.substr(0, 3));
    if (!is_version(version, "RTSP") || !status || *status < 100 || *status > 599 ||
        (rest.size() > 3 && rest[3] != ' '))
        return malformed("a malformed status line");
    Head head;
    head.message = Reply{.status = *status, .reason = std::string{trim(rest.substr(3))}};
    head.other_version = version != "RTSP/1.0";
    return head;
}

// Method SP Request-URI SP RTSP-Version. A space inside the URL is wrong but not ambiguous: whoever takes
// the URL apart refuses it.
std::expected<Head, Refusal> parse_request_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || last <= first + 1)
        return malformed("a request line that is not a method, a URL and a version");
    const std::string_view method = line.substr(0, first);
    const std::string_view version = line.substr(last + 1);
    Head head;
    head.http = is_version(version, "HTTP");
    if (!is_token(method) || (!head.http && !is_version(version, "RTSP")))
        return malformed("a request line that is not a method, a URL and a version");
    head.other_version = version != "RTSP/1.0";
    head.message = Request{.method = method_of(method),
                           .method_name = std::string{method},
                           .url = std::string{line.substr(first + 1, last - first - 1)}};
    return head;
}

std::expected<void, Refusal> add_field(std::string_view line, std::vector<Field>& fields) {
    if (line.starts_with(' ') || line.starts_with('\t')) {
        if (fields.empty()) return malformed("a field line without a name");
        std::string& value = fields.back().value;
        const std::string_view more = trim(line);
        if (!value.empty() && !more.empty()) value += ' ';
        value += more;
        return {};
    }
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || !is_token(name)) return malformed("a malformed field line");
    fields.push_back({std::string{name}, std::string{trim(line.substr(colon + 1))}});
    return {};
}

// RFC 2326 4.4.2, 12.14: without it there is no body. Twice the same is once.
std::expected<std::uint64_t, Refusal> length_of(const std::vector<Field>& fields) {
    std::optional<std::uint64_t> length;
    for (const Field& field : fields) {
        if (iequals(field.name, "Transfer-Encoding"))
            return malformed("a Transfer-Encoding, which RTSP does not have");
        if (!iequals(field.name, "Content-Length")) continue;
        const auto number = parse_number<std::uint64_t>(field.value);
        if (!number) return malformed("a Content-Length that is no number");
        if (length && *length != *number) return malformed("two values of Content-Length");
        length = number;
    }
    return length.value_or(0);
}

} // namespace

std::vector<Field>& Head::fields() {
    return std::visit([](auto& any) -> std::vector<Field>& { return any.fields; }, message);
}

std::expected<Head, Refusal> parse_start_line(std::string_view line) {
    return line.starts_with("RTSP/") ? parse_status_line(line) : parse_request_line(line);
}

std::expected<void, Refusal> parse_fields(std::string_view lines, std::size_t most, Head& head) {
    std::vector<Field>& fields = head.fields();
    while (!lines.empty()) {
        const std::size_t end = lines.find('\n');
        if (auto added = add_field(lines.substr(0, end), fields); !added) return added;
        if (fields.size() > most) return malformed("too many fields");
        lines.remove_prefix(end + 1);
    }
    if (const auto cseq = find_field(fields, "CSeq")) head.cseq = parse_number<std::uint64_t>(*cseq);
    const auto length = length_of(fields);
    if (!length) return std::unexpected{length.error()};
    head.length = *length;
    return {};
}

} // namespace kamaelia::rtsp
