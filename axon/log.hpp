// What the runtime and its components have to say to people, and where it goes.
#pragma once

#include <string_view>

namespace axon {

enum class LogLevel { debug, info, warning, error };

/// Takes log lines. Called from scheduler threads; must not throw and must not block for long.
class Log {
public:
    virtual ~Log() = default;
    /// `path` names the component, empty for the runtime itself; `text` is one line without a newline.
    virtual void write(LogLevel level, std::string_view path, std::string_view text) noexcept = 0;
};

/// Warnings and errors to stderr: the default of a System.
class StderrLog final : public Log {
public:
    void write(LogLevel level, std::string_view path, std::string_view text) noexcept override;
};

} // namespace axon
