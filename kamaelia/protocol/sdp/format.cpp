#include "kamaelia/protocol/sdp/format.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace kamaelia::sdp {
namespace {

// Most of it is the configuration of a Vorbis stream.
constexpr std::size_t usual_size = 8192;

class Lines {
public:
    Lines() { text_.reserve(usual_size); }

    void add(std::string_view name, std::string_view value) {
        text_ += name;
        for (const char c : value) text_ += is_text(c) ? c : ' ';
        text_ += "\r\n";
    }
    void add_unless_empty(std::string_view name, std::string_view value) {
        if (!value.empty()) add(name, value);
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

std::string network(const std::string& address) {
    return (address.contains(':') ? "IN IP6 " : "IN IP4 ") + address;
}

void add_media(Lines& lines, const Media& media) {
    const std::string type = std::to_string(media.payload_type.value_or(0));
    lines.add("m=", media.type + ' ' + std::to_string(media.port) + ' ' + media.protocol + ' ' + type);
    lines.add("c=", network(media.connection));
    for (const Bandwidth& bandwidth : media.bandwidth)
        lines.add("b=", bandwidth.modifier + ':' + std::to_string(bandwidth.value));
    if (!media.encoding.empty())
        lines.add("a=rtpmap:", type + ' ' + media.encoding + '/' + std::to_string(media.clock_rate) + '/' +
                                   std::to_string(media.channels));
    if (!media.parameters.empty()) lines.add("a=fmtp:", type + ' ' + media.parameters);
    lines.add_unless_empty("a=control:", media.control);
}

} // namespace

std::string format_description(const Description& description) {
    Lines lines;
    lines.add("v=", "0");
    lines.add("o=", "- " + std::to_string(description.session_id) + ' ' +
                        std::to_string(description.version) + ' ' + network(description.address));
    lines.add("s=", description.name.empty() ? "-" : description.name);
    lines.add_unless_empty("i=", description.information);
    lines.add("t=", "0 0");
    lines.add_unless_empty("a=tool:", description.tool);
    lines.add_unless_empty("a=control:", description.control);
    lines.add_unless_empty("a=range:", description.range);
    for (const Media& media : description.media) add_media(lines, media);
    return lines.take();
}

} // namespace kamaelia::sdp
