// What a MessageReader makes of some bytes, as text, for tests to compare.
#pragma once

#include "kamaelia/protocol/rtsp/message_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace kamaelia::rtsp {

inline std::string describe(const Message& message) {
    const auto number = [](const auto& cseq) { return cseq ? std::to_string(*cseq) : std::string{"-"}; };
    const auto rest = [](const auto& m) {
        std::string text;
        for (const Field& field : m.fields) text += ' ' + field.name + '=' + field.value;
        return m.body.empty() ? text : text + " body=" + m.body;
    };
    if (const auto* request = std::get_if<Request>(&message))
        return request->method_name + ' ' + request->url + " #" + std::to_string(request->cseq) +
               rest(*request);
    if (const auto* reply = std::get_if<Reply>(&message))
        return "reply " + std::to_string(reply->status) + " '" + reply->reason + "' #" + number(reply->cseq) +
               rest(*reply);
    if (const auto* frame = std::get_if<Frame>(&message))
        return "frame " + std::to_string(frame->channel) + ' ' + std::string{frame->payload};
    const auto& refusal = std::get<Refusal>(message);
    return "refused " + std::to_string(static_cast<int>(refusal.status)) + " #" + number(refusal.cseq) +
           (refusal.http ? " http" : "") + (refusal.ends ? " ends" : "");
}

/// One line a message. `step` bytes are given at a time.
inline std::string read_all(std::string_view input, std::size_t step, const ReadLimits& limits = {}) {
    MessageReader reader{limits};
    std::string lines;
    while (!input.empty()) {
        std::string_view piece = input.substr(0, step);
        input.remove_prefix(piece.size());
        while (const auto message = reader.next(piece)) lines += describe(*message) + '\n';
    }
    return lines;
}

} // namespace kamaelia::rtsp
