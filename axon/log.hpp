// What the runtime and its components have to say to people, and where it goes.
//
//     const std::array fields{LogField{"peer", peer}, LogField{"received", bytes}};
//     log(LogLevel::info, "connection ended", fields);          // ... peer=192.0.2.1:80 received=12
#pragma once

#include "axon/time.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace axon {

enum class LogLevel { debug, info, warning, error };

/// A detail of a line with a name, for programs that read logs.
struct LogField {
    std::string_view name; ///< letters and `_`; not time, level, path or message
    std::variant<std::string_view, std::uint64_t, Duration> value;
};
using LogFields = std::span<const LogField>;

/// The text, and behind it ` name=value` for each field, on one line whatever was in them: a text that is
/// not just printable ASCII without spaces and quotes stands in quotes, escaped as in JSON; a duration is in
/// seconds, to the millisecond.
[[nodiscard]] std::string with_fields(std::string_view text, LogFields fields);

/// A duration as it stands in a field: `12.345`.
[[nodiscard]] std::string log_seconds(Duration duration);

/// Takes log lines. Called from scheduler threads; must not throw and must not block for long.
class Log {
public:
    virtual ~Log() = default;
    /// `path` names the component, empty for the runtime itself; `text` is one line without a newline.
    void write(LogLevel level, std::string_view path, std::string_view text, LogFields fields = {}) noexcept {
        take(level, path, text, fields);
    }

private:
    virtual void take(LogLevel level, std::string_view path, std::string_view text,
                      LogFields fields) noexcept = 0;
};

/// Warnings and errors to stderr: the default of a System.
class StderrLog final : public Log {
    void take(LogLevel level, std::string_view path, std::string_view text,
              LogFields fields) noexcept override;
};

} // namespace axon
