#include "server/log.hpp"

#include "axon/utf8.hpp"

#include <array>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace server {
namespace {

spdlog::level::level_enum level_of(axon::LogLevel level) {
    switch (level) {
    case axon::LogLevel::debug: return spdlog::level::debug;
    case axon::LogLevel::info: return spdlog::level::info;
    case axon::LogLevel::warning: return spdlog::level::warn;
    case axon::LogLevel::error: break;
    }
    return spdlog::level::err;
}

// How many bytes the character at the front has; 0 when it is none, or a control character.
std::size_t printable_length(std::string_view text) {
    const auto length = axon::character_length(text);
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const bool is_control = (length == 1 && (byte(0) < 0x20 || byte(0) == 0x7f)) ||
                            (length == 2 && byte(0) == 0xc2 && byte(1) < 0xa0);
    return is_control ? 0 : length;
}

std::string json(std::string_view text) { return boost::json::serialize(boost::json::string{text}); }

struct AsJson {
    std::string operator()(std::string_view text) const { return json(printable(text)); }
    std::string operator()(std::uint64_t number) const { return std::to_string(number); }
    std::string operator()(axon::Duration duration) const { return axon::log_seconds(duration); }
};

std::string members(axon::LogFields fields) {
    std::string all;
    for (const auto& [name, value] : fields)
        all.append(",").append(json(name)).append(":").append(std::visit(AsJson{}, value));
    return all;
}

} // namespace

std::string printable(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto length = printable_length(text);
        if (length > 0) {
            result += text.substr(0, length);
        } else {
            const auto byte = static_cast<unsigned char>(text.front());
            result += {'\\', 'x', digits[byte >> 4U], digits[byte & 15U]};
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

StderrLog::StderrLog(const LogConfig& config)
    : least_{config.level},
      format_{config.format},
      logger_{std::make_unique<spdlog::logger>("", std::make_shared<spdlog::sinks::stderr_sink_mt>())} {
    logger_->set_level(spdlog::level::trace); // ours is least_, which announce() passes over
    logger_->flush_on(spdlog::level::trace);
    auto pattern = format_ == LogFormat::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                                              : "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
    logger_->set_pattern(pattern, spdlog::pattern_time_type::utc);
}

StderrLog::~StderrLog() = default;

void StderrLog::take(axon::LogLevel level, std::string_view path, std::string_view text,
                     axon::LogFields fields) noexcept {
    if (level >= least_) put(level, path, text, fields);
}

void StderrLog::announce(std::string_view text) noexcept { put(axon::LogLevel::info, {}, text, {}); }

void StderrLog::put(axon::LogLevel level, std::string_view path, std::string_view text,
                    axon::LogFields fields) noexcept {
    if (format_ == LogFormat::json) {
        logger_->log(level_of(level), "\"path\":{},\"message\":{}{}", json(printable(path)),
                     json(printable(text)), members(fields));
        return;
    }
    const auto line = printable(axon::with_fields(text, fields));
    if (path.empty()) {
        logger_->log(level_of(level), "{}", line);
    } else {
        logger_->log(level_of(level), "{}: {}", printable(path), line);
    }
}

} // namespace server
