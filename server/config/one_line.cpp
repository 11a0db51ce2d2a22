#include "server/config/one_line.hpp"

#include "axon/quote.hpp"

namespace server {

std::string one_line(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
            out += c;
            continue;
        }
        const auto quoted = axon::quote(std::string_view{&c, 1});
        out.append(quoted, 1, quoted.size() - 2);
    }
    return out;
}

} // namespace server
