#include "axon/log.hpp"

#include <cstdio>

namespace axon {

void StderrLog::write(LogLevel level, std::string_view path, std::string_view text) noexcept {
    if (level < LogLevel::warning) return;
    std::fprintf(stderr, "%s: %.*s: %.*s\n", level == LogLevel::error ? "error" : "warning",
                 static_cast<int>(path.size()), path.data(), static_cast<int>(text.size()), text.data());
}

} // namespace axon
