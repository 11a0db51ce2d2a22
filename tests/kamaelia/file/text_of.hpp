// What messages that may be regions of files contain, for tests that look at it.
#pragma once

#include "kamaelia/file/file_region.hpp"
#include "kamaelia/file/positioned_read.hpp"

#include <string>
#include <variant>
#include <vector>

namespace kamaelia::testing {

inline std::string text_of(const BytesOrRegion& message) {
    if (const auto* bytes = std::get_if<axon::Bytes>(&message)) return std::string{bytes->view()};
    const auto& region = std::get<FileRegion>(message);
    const auto read = read_blocking(region.file(), region.offset(), region.size());
    return read ? std::string{read->view()} : "(" + read.error().message() + ")";
}

inline std::string text_of(const std::vector<BytesOrRegion>& messages) {
    std::string all;
    for (const auto& message : messages) all += text_of(message);
    return all;
}

} // namespace kamaelia::testing
