#include "kamaelia/protocol/rtsp/require.hpp"

#include "kamaelia/protocol/syntax.hpp"

#include <string_view>

namespace kamaelia::rtsp {

std::string unsupported_options(const Request& request) {
    std::string unsupported;
    for (const Field& field : request.fields) {
        if (!iequals(field.name, "Require") && !iequals(field.name, "Proxy-Require")) continue;
        for (std::string_view rest = field.value; !rest.empty();) {
            const std::string_view option = next_element(rest);
            if (option.empty()) continue;
            if (!unsupported.empty()) unsupported += ", ";
            unsupported += is_token(option) ? option : "?";
        }
    }
    return unsupported;
}

} // namespace kamaelia::rtsp
