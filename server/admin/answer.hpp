// Answer: what the admin listener says to one request.
#pragma once

#include "kamaelia/protocol/http/status.hpp"

#include <string>
#include <string_view>

namespace server::admin {

struct Answer {
    kamaelia::http::Status status = kamaelia::http::Status::ok;
    std::string_view type = "text/plain; charset=utf-8";
    std::string body{};
    std::string_view allow{}; ///< of a 405
};

} // namespace server::admin
