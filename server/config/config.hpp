// Config: what a configuration says, checked as far as it can be without building anything.
//
//     axon::Complaints complaints;
//     const auto config = server::read_config(source, server::process_environment(), registry, complaints);
//     for (const auto& line : server::complaint_lines(complaints, source)) ...   // FILE:LINE:COLUMN: text
#pragma once

#include "axon/log.hpp"
#include "axon/params.hpp"
#include "axon/registry.hpp"
#include "axon/setting.hpp"
#include "axon/time.hpp"
#include "kamaelia/chassis/supervisor.hpp"
#include "server/config/environment.hpp"
#include "server/config/listen.hpp"
#include "server/config/pipeline_spec.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace server {

enum class LogFormat { text, json };

struct LogConfig {
    axon::LogLevel level = axon::LogLevel::info;
    LogFormat format = LogFormat::text;

    static auto fields() {
        using enum axon::LogLevel;
        return axon::fields(
            axon::field("level", &LogConfig::level, "the least important lines that are written")
                .words({{"debug", debug}, {"info", info}, {"warning", warning}, {"error", error}}),
            axon::field("format", &LogConfig::format, "how lines are written")
                .words({{"text", LogFormat::text}, {"json", LogFormat::json}}));
    }
    bool operator==(const LogConfig&) const = default;
};

/// The root of on-demand files, and where that is said; nowhere for the default. Equal whatever the place.
struct MediaConfig {
    std::filesystem::path directory = "/var/lib/kamaelia/media";
    std::optional<axon::Where> where = std::nullopt;

    friend bool operator==(const MediaConfig& a, const MediaConfig& b) { return a.directory == b.directory; }
};

/// What is at `where` under its name. Equal whatever the place.
struct NamedPipeline {
    std::string name;
    axon::Where where;
    Composition pipeline;

    friend bool operator==(const NamedPipeline& a, const NamedPipeline& b) {
        return a.name == b.name && a.pipeline == b.pipeline;
    }
};

struct ServerConfig {
    std::string name;
    axon::Where where;
    std::vector<Listen> listen;
    /// Built for each connection. For http:// and rtsp:// it is the component that the URL stands for.
    Composition protocol;
    bool required = true; ///< false where nobody asked for it: then an address in use is no error

    friend bool operator==(const ServerConfig& a, const ServerConfig& b) {
        return a.name == b.name && a.listen == b.listen && a.protocol == b.protocol &&
               a.required == b.required;
    }
};

/// A system of components that runs as long as the daemon.
struct GraphConfig {
    std::string name;
    axon::Where where;
    kamaelia::Restart restart = kamaelia::Restart::on_failure;
    Composition graph;

    friend bool operator==(const GraphConfig& a, const GraphConfig& b) {
        return a.name == b.name && a.restart == b.restart && a.graph == b.graph;
    }
};

/// Where those who operate the daemon look. Equal whatever the place.
struct AdminConfig {
    std::vector<Listen> listen; ///< http:// all of them
    bool required = true;       ///< false where nobody asked for it: then an address in use is no error

    bool operator==(const AdminConfig&) const = default;
};

/// Where a configuration says what there is to do: `servers`, or else `graphs`, or else its beginning. Equal
/// whatever the place.
struct PurposePlace {
    axon::Where where;

    friend bool operator==(PurposePlace, PurposePlace) { return true; }
};

struct Config {
    static constexpr unsigned most_workers = 256;

    LogConfig log;
    unsigned workers = 1; ///< threads, to most_workers; 0: one a core
    MediaConfig media;
    axon::Duration drain_timeout = std::chrono::seconds{10};
    std::optional<AdminConfig> admin = std::nullopt;
    std::vector<ServerConfig> servers;
    std::vector<GraphConfig> graphs;
    /// Each is also where it is used, in `servers` or `graphs`; here are those too that nobody uses.
    std::vector<NamedPipeline> pipelines;
    PurposePlace purpose = {};

    bool operator==(const Config&) const = default;
};

struct ConfigFile {
    std::string name; ///< for complaints, and for what lies beside the file
    std::string text;
};

/// Everything that a configuration is made of. Where::source 0 is the file, 1 the first of `sets`, and so on.
struct ConfigSource {
    std::optional<ConfigFile> file;
    /// KEY=VALUE each; they count more than the file.
    std::vector<std::string> sets;
    /// Counts more than both. Without a file it is served over HTTP on 127.0.0.1:8000, over RTSP on
    /// 127.0.0.1:8554 if that is free, and `admin` listens on 127.0.0.1:8001 if that is.
    std::optional<std::filesystem::path> media;
};

/// Never fails and never throws: what is wrong is left out and complained about, all of it. After a
/// complaint the rest is good for finding more that is wrong, not for running: a component that is wrong is a
/// FaultyPart, a protocol that has no parts at all a pipeline without any. Touches no file.
[[nodiscard]] Config read_config(const ConfigSource& source, const Environment& environment,
                                 const axon::Registry& registry, axon::Complaints& complaints);

/// Complains of a configuration with neither servers nor graphs.
void check_purpose(const Config& config, axon::Complaints& complaints);

/// `FILE:LINE:COLUMN: text`, or `--set KEY=VALUE: text`, in the order of the texts.
[[nodiscard]] std::vector<std::string> complaint_lines(const axon::Complaints& complaints,
                                                       const ConfigSource& source);

} // namespace server
