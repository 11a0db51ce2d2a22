#include "kamaelia/protocol/rtsp/request.hpp"

#include <algorithm>
#include <array>

namespace kamaelia::rtsp {
namespace {

struct MethodName {
    std::string_view name;
    Method method;
};

constexpr std::array<MethodName, 11> methods{{
    {"OPTIONS", Method::options},
    {"DESCRIBE", Method::describe},
    {"SETUP", Method::setup},
    {"PLAY", Method::play},
    {"PAUSE", Method::pause},
    {"TEARDOWN", Method::teardown},
    {"GET_PARAMETER", Method::get_parameter},
    {"SET_PARAMETER", Method::set_parameter},
    {"ANNOUNCE", Method::announce},
    {"RECORD", Method::record},
    {"REDIRECT", Method::redirect},
}};

} // namespace

Method method_of(std::string_view name) {
    const auto* const known = std::ranges::find(methods, name, &MethodName::name);
    return known == methods.end() ? Method::unknown : known->method;
}

std::string_view name_of(Method method) {
    const auto* const known = std::ranges::find(methods, method, &MethodName::method);
    return known == methods.end() ? std::string_view{} : known->name;
}

} // namespace kamaelia::rtsp
