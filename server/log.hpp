// The daemon's log: lines on stderr, as text or JSON.
#pragma once

#include "axon/log.hpp"
#include "server/config/config.hpp"

#include <memory>

namespace spdlog {
class logger;
}

namespace server {

/// One line an event: time (UTC), level, where, what. What clients sent is escaped.
class StderrLog final : public axon::Log {
public:
    explicit StderrLog(const LogConfig& config);
    ~StderrLog() override;

    /// A line of level info that is written whatever `log.level` says.
    void announce(std::string_view text) noexcept;

private:
    void take(axon::LogLevel level, std::string_view path, std::string_view text,
              axon::LogFields fields) noexcept override;
    void put(axon::LogLevel level, std::string_view path, std::string_view text,
             axon::LogFields fields) noexcept;

    axon::LogLevel least_;
    LogFormat format_;
    std::unique_ptr<spdlog::logger> logger_;
};

/// `text` with control characters and non-UTF-8 as \xNN: safe to print on a terminal.
[[nodiscard]] std::string printable(std::string_view text);

} // namespace server
