#include "axon/log.hpp"

#include "axon/escape.hpp"

#include <algorithm>
#include <cstdio>

namespace axon {
namespace {

bool stands_alone(char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '\\' && c != '='; }

struct Shown {
    std::string operator()(std::string_view text) const {
        if (!text.empty() && std::ranges::all_of(text, stands_alone)) return std::string{text};
        return '"' + json_escaped(text) + '"';
    }
    std::string operator()(std::uint64_t number) const { return std::to_string(number); }
    std::string operator()(Duration duration) const { return log_seconds(duration); }
};

} // namespace

std::string log_seconds(Duration duration) {
    const auto all = std::chrono::floor<std::chrono::milliseconds>(duration).count();
    auto part = std::to_string(all % 1000);
    part.insert(0, 3 - part.size(), '0');
    return std::to_string(all / 1000) + "." + part;
}

std::string with_fields(std::string_view text, LogFields fields) {
    std::string line{text};
    for (const auto& [name, value] : fields) {
        line.append(" ").append(name).append("=").append(std::visit(Shown{}, value));
    }
    return line;
}

void StderrLog::take(LogLevel level, std::string_view path, std::string_view text,
                     LogFields fields) noexcept {
    if (level < LogLevel::warning) return;
    const auto line = with_fields(text, fields);
    std::fprintf(stderr, "%s: %.*s: %s\n", level == LogLevel::error ? "error" : "warning",
                 static_cast<int>(path.size()), path.data(), line.c_str());
}

} // namespace axon
