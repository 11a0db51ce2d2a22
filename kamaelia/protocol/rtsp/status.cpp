#include "kamaelia/protocol/rtsp/status.hpp"

#include <utility>

namespace kamaelia::rtsp {

std::string_view reason(Status status) {
    switch (status) {
    case Status::ok: return "OK";
    case Status::bad_request: return "Bad Request";
    case Status::unauthorized: return "Unauthorized";
    case Status::forbidden: return "Forbidden";
    case Status::not_found: return "Not Found";
    case Status::not_acceptable: return "Not Acceptable";
    case Status::gone: return "Gone";
    case Status::content_too_large: return "Request Entity Too Large";
    case Status::uri_too_long: return "Request-URI Too Large";
    case Status::unsupported_media_type: return "Unsupported Media Type";
    case Status::parameter_not_understood: return "Parameter Not Understood";
    case Status::not_enough_bandwidth: return "Not Enough Bandwidth";
    case Status::session_not_found: return "Session Not Found";
    case Status::method_not_valid_in_this_state: return "Method Not Valid in This State";
    case Status::invalid_range: return "Invalid Range";
    case Status::aggregate_not_allowed: return "Aggregate operation not allowed";
    case Status::unsupported_transport: return "Unsupported transport";
    case Status::internal_server_error: return "Internal Server Error";
    case Status::not_implemented: return "Not Implemented";
    case Status::service_unavailable: return "Service Unavailable";
    case Status::version_not_supported: return "RTSP Version not supported";
    case Status::option_not_supported: return "Option not supported";
    }
    std::unreachable();
}

} // namespace kamaelia::rtsp
