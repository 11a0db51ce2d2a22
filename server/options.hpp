// The command line of kamaeliad.
#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// What is read when --config is not given, if it is there.
inline constexpr std::string_view default_config_file = "/etc/kamaelia/kamaelia.yaml";

enum class Command { run, check, graph, components, version, help };

enum class ReferenceFormat { text, markdown, json };
enum class GraphFormat { dot, mermaid, json };

struct Options {
    Command command = Command::run;
    std::optional<std::filesystem::path> config = std::nullopt; ///< --config, or the FILE of check and graph
    std::optional<std::filesystem::path> media = std::nullopt;
    std::vector<std::string> sets = {};                  ///< KEY=VALUE, in their order
    std::optional<std::string> component = std::nullopt; ///< the NAME of components
    ReferenceFormat format = ReferenceFormat::text;      ///< of components
    GraphFormat graph_format = GraphFormat::dot;

    bool operator==(const Options&) const = default;
};

/// What is wrong with a command line, in one line for people.
struct UsageError {
    std::string text;

    bool operator==(const UsageError&) const = default;
};

/// `arguments` without the name of the program.
[[nodiscard]] std::expected<Options, UsageError> parse_options(std::span<const std::string> arguments);

/// The text of --help.
[[nodiscard]] std::string help_text();

} // namespace server
