#include "kamaelia/protocol/sdp/parse.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace kamaelia::sdp {
namespace {

// Takes what stands before the first `end` off the front of `text`.
std::string_view next_word(std::string_view& text, char end = ' ') {
    const std::size_t at = std::min(text.find(end), text.size());
    const std::string_view word = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return word;
}

// What is wrong with a line; empty if nothing is.
using Fault = std::string_view;

class Reader {
public:
    Fault take(char type, std::string_view value);
    Description finish() { return std::move(description_); }

private:
    Fault take_origin(std::string_view value);
    Fault take_media(std::string_view value);
    Fault take_bandwidth(std::string_view value);
    Fault take_attribute(std::string_view value);
    Fault take_media_attribute(std::string_view name, std::string_view value);
    Fault take_rtpmap(std::string_view value);
    [[nodiscard]] bool in_media() const { return !description_.media.empty(); }
    Media& media() { return description_.media.back(); }
    // Whether `value` begins with the payload type of this media, which it then loses.
    bool is_of_payload_type(std::string_view& value);

    Description description_;
};

Fault Reader::take(char type, std::string_view value) {
    switch (type) {
    case 'o': return take_origin(value);
    case 's':
        if (value != "-") description_.name = value;
        return {};
    case 'i':
        if (!in_media()) description_.information = value;
        return {};
    case 'm': return take_media(value);
    case 'b': return take_bandwidth(value);
    case 'a': return take_attribute(value);
    case 'c':
        if (!in_media()) return {};
        next_word(value);
        next_word(value);
        media().connection = next_word(value, '/'); // without TTL and count
        return {};
    default: return {};
    }
}

Fault Reader::take_origin(std::string_view value) {
    next_word(value);
    const auto id = parse_number<std::uint64_t>(next_word(value));
    const auto version = parse_number<std::uint64_t>(next_word(value));
    next_word(value);
    next_word(value);
    // What others write there may be longer than 64 bits: nothing depends on it.
    description_.session_id = id.value_or(0);
    description_.version = version.value_or(0);
    if (value.empty()) return "an origin without an address";
    description_.address = value;
    return {};
}

Fault Reader::take_media(std::string_view value) {
    if (description_.media.size() == media_limit) return "too many media";
    Media media;
    media.type = next_word(value);
    std::string_view port = next_word(value);
    const auto number = parse_number<std::uint16_t>(next_word(port, '/'));
    media.protocol = next_word(value);
    const std::string_view payload_type = next_word(value);
    if (media.type.empty() || !number || media.protocol.empty() || payload_type.empty())
        return "media that are not a type, a port, a protocol and a format";
    media.port = *number;
    media.payload_type = parse_number<std::uint8_t>(payload_type);
    description_.media.push_back(std::move(media));
    return {};
}

Fault Reader::take_bandwidth(std::string_view value) {
    if (!in_media()) return {};
    const std::string_view modifier = next_word(value, ':');
    const auto number = parse_number<std::uint64_t>(value);
    if (!number) return "a bandwidth that is no number";
    if (media().bandwidth.size() < media_limit) media().bandwidth.push_back({std::string{modifier}, *number});
    return {};
}

Fault Reader::take_attribute(std::string_view value) {
    const std::string_view name = next_word(value, ':');
    if (in_media()) return take_media_attribute(name, value);
    if (name == "tool") description_.tool = value;
    if (name == "control") description_.control = value;
    if (name == "range") description_.range = value;
    return {};
}

Fault Reader::take_media_attribute(std::string_view name, std::string_view value) {
    if (name == "control") media().control = value;
    if (name == "rtpmap" && is_of_payload_type(value)) return take_rtpmap(value);
    if (name == "fmtp" && is_of_payload_type(value)) media().parameters = trim(value);
    return {};
}

bool Reader::is_of_payload_type(std::string_view& value) {
    const auto type = parse_number<std::uint8_t>(next_word(value));
    return type && type == media().payload_type;
}

Fault Reader::take_rtpmap(std::string_view value) {
    value = trim(value);
    const std::string_view encoding = next_word(value, '/');
    const auto rate = parse_number<std::uint32_t>(next_word(value, '/'));
    const auto channels = value.empty() ? 1U : parse_number<unsigned>(value);
    if (encoding.empty() || !rate || !channels)
        return "an rtpmap that is not an encoding, a rate and channels";
    media().encoding = encoding;
    media().clock_rate = *rate;
    media().channels = *channels;
    return {};
}

} // namespace

std::expected<Description, ParseError> parse_description(std::string_view text) {
    Reader reader;
    for (std::size_t line = 1; !text.empty(); ++line) {
        std::string_view content = next_word(text, '\n');
        if (content.ends_with('\r')) content.remove_suffix(1);
        if (content.empty()) continue;
        if (!std::ranges::all_of(content, is_text))
            return std::unexpected{ParseError{line, "a control character"}};
        if (content.size() < 2 || content[1] != '=')
            return std::unexpected{ParseError{line, "a line that is not a letter, '=' and a value"}};
        if (line == 1 && content != "v=0") return std::unexpected{ParseError{line, "a version other than 0"}};
        const Fault fault = reader.take(content[0], content.substr(2));
        if (!fault.empty()) return std::unexpected{ParseError{line, fault}};
    }
    return reader.finish();
}

} // namespace kamaelia::sdp
