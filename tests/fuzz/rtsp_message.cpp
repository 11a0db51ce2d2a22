// Messages come out the same however the bytes were split on their way. The first four bytes of the input
// say how. What a client reads of a reply's fields is written and read again, and so is a request.
#include "kamaelia/protocol/rtsp/message_reader.hpp"
#include "kamaelia/protocol/rtsp/request_format.hpp"
#include "kamaelia/protocol/rtsp/rtp_info.hpp"
#include "kamaelia/protocol/rtsp/session_field.hpp"
#include "kamaelia/protocol/rtsp/transport.hpp"
#include "kamaelia/protocol/syntax.hpp"
#include "tests/kamaelia/protocol/rtsp/incoming.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia::rtsp;

constexpr std::size_t pieces = 4;

// Small, so that the fuzzer gets beyond them.
constexpr ReadLimits limits{.start_line = 64, .head = 256, .fields = 8, .body = 64};

void check(const Reply& reply) {
    for (const auto& field : reply.fields) {
        const auto session = parse_session(field.value);
        if (session && parse_session(session->id) != SessionField{session->id}) std::abort();
        const auto streams = parse_rtp_info(field.value);
        const bool plain = std::ranges::none_of(streams, [](const RtpInfo& stream) {
            return stream.url.find_first_of(",;\" \t") != std::string::npos;
        });
        if (plain && parse_rtp_info(format_rtp_info(streams)) != streams) std::abort();
        const Transport asked{.carrier = Carrier::tcp, .interleaved = ChannelPair{0, 1}};
        const auto transport = answered_transport(field.value, asked);
        if (transport && !transport->interleaved) std::abort();
    }
}

void check(Request request) {
    if (request.url.contains('\t')) return; // a control character, which is left out
    const auto said = [](const Request& each) {
        std::string text = describe(Message{each});
        std::erase(text, '\t');
        return text;
    };
    std::erase_if(request.fields, [](const kamaelia::Field& field) {
        return kamaelia::iequals(field.name, "CSeq") || kamaelia::iequals(field.name, "Content-Length");
    });
    const auto text = format_request(request);
    MessageReader reader;
    std::string_view rest = text;
    auto message = reader.next(rest);
    auto* const again = message ? std::get_if<Request>(&*message) : nullptr;
    if (again == nullptr || !rest.empty()) std::abort();
    std::erase_if(again->fields, [](const kamaelia::Field& field) {
        return kamaelia::iequals(field.name, "CSeq") || kamaelia::iequals(field.name, "Content-Length");
    });
    if (said(*again) != said(request)) std::abort();
}

// What a connection with `input` comes to, when it arrives in pieces of these sizes in turn.
std::string transcript(std::string_view input, const std::array<std::size_t, pieces>& sizes) {
    MessageReader reader{limits};
    std::string lines;
    for (std::size_t turn = 0; !input.empty(); ++turn) {
        std::string_view piece = input.substr(0, sizes[turn % pieces]);
        input.remove_prefix(piece.size());
        while (const auto message = reader.next(piece)) {
            lines += describe(*message) + '\n';
            if (const auto* const reply = std::get_if<Reply>(&*message)) check(*reply);
            if (const auto* const request = std::get_if<Request>(&*message)) check(*request);
            const auto* const refusal = std::get_if<Refusal>(&*message);
            if (refusal != nullptr && refusal->ends) return lines;
        }
        if (!piece.empty()) std::abort(); // nothing is complete, but not all was taken
    }
    return lines;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < pieces) return 0;
    std::array<std::size_t, pieces> sizes{};
    for (std::size_t i = 0; i < pieces; ++i) sizes[i] = data[i] + std::size_t{1};
    const std::string bytes(data + pieces, data + size);
    const std::string whole = transcript(bytes, {bytes.size(), bytes.size(), bytes.size(), bytes.size()});
    if (transcript(bytes, sizes) != whole || transcript(bytes, {1, 1, 1, 1}) != whole) std::abort();
    return 0;
}
