#include "axon/type_name.hpp"

#include <cstdlib>
#include <cxxabi.h>
#include <memory>

namespace axon {
namespace {

// Carousel<std::string, int> is a Carousel.
void cut_arguments(std::string& class_name) {
    if (!class_name.ends_with('>')) return;
    std::size_t open = 0;
    auto at = class_name.size();
    do {
        --at;
        if (class_name[at] == '>') ++open;
        if (class_name[at] == '<') --open;
    } while (open > 0 && at > 0);
    class_name.erase(at);
}

} // namespace

std::string type_name(const std::type_info& type) {
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> demangled{
        abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), &std::free};
    std::string name = status == 0 ? demangled.get() : type.name();
    cut_arguments(name);
    const auto scope = name.rfind("::");
    if (scope != std::string::npos) name.erase(0, scope + 2);
    return name;
}

} // namespace axon
