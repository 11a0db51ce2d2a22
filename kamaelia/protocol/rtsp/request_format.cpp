#include "kamaelia/protocol/rtsp/request_format.hpp"

#include "kamaelia/protocol/syntax.hpp"

namespace kamaelia::rtsp {
namespace {

// What a head has mostly, in bytes.
constexpr std::size_t usual_size = 256;

void add_text(std::string& out, std::string_view text) {
    for (const char c : text)
        if (!is_control(c)) out += c;
}

void add_field(std::string& out, std::string_view name, std::string_view value) {
    add_text(out, name);
    out += ": ";
    add_text(out, value);
    out += "\r\n";
}

} // namespace

std::string format_request(const Request& request) {
    std::string out;
    out.reserve(usual_size + request.body.size());
    add_text(out, request.method == Method::unknown ? request.method_name : name_of(request.method));
    out += ' ';
    add_text(out, request.url);
    out += " RTSP/1.0\r\n";
    add_field(out, "CSeq", std::to_string(request.cseq));
    for (const Field& field : request.fields) add_field(out, field.name, field.value);
    if (!request.body.empty()) add_field(out, "Content-Length", std::to_string(request.body.size()));
    return out.append("\r\n").append(request.body);
}

} // namespace kamaelia::rtsp
