#include "server/config/config.hpp"

#include "axon/did_you_mean.hpp"
#include "axon/quote.hpp"
#include "server/config/graph_reader.hpp"
#include "server/config/one_line.hpp"
#include "server/config/overlay.hpp"
#include "server/config/server_reader.hpp"
#include "server/config/taken_addresses.hpp"
#include "server/config/yaml_reader.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace server {
namespace {

using axon::quote;
using axon::Setting;
using axon::Where;
using Kind = axon::Setting::Kind;

// Sections of later versions: an operator must not believe that they are heeded.
constexpr std::array<std::string_view, 1> sections_to_come{"streams"};

std::uint32_t source_of_media(const ConfigSource& source) {
    return static_cast<std::uint32_t>(source.sets.size() + 1);
}

// A bare --media DIR.
Setting media_servers(Where where) {
    const auto server = [&](const char* url) {
        return Setting::map({{"listen", where, Setting::scalar(url, where)}}, where);
    };
    auto servers = Setting::map(
        {{"web", where, server("http://127.0.0.1:8000")}, {"rtsp", where, server("rtsp://127.0.0.1:8554")}},
        where);
    return Setting::map({{"servers", where, std::move(servers)}, {"admin", where, Setting::null(where)}},
                        where);
}

// Of a bare --media DIR what is good to have, and nobody has said where.
bool is_extra_of_media(const ServerConfig& server, const ConfigSource& source) {
    return !server.listen.empty() && server.listen.front().scheme == Listen::Scheme::rtsp &&
           server.listen.front().where.source == source_of_media(source);
}

// All texts as one tree.
YamlTree read_tree(const ConfigSource& source, const Environment& environment, axon::Complaints& complaints) {
    YamlTree tree;
    if (source.file)
        tree = read_yaml(source.file->text, environment, 0, complaints);
    else if (source.media)
        tree.root = media_servers({.source = source_of_media(source)});
    std::uint32_t number = 0;
    for (const auto& set : source.sets) overlay(tree.root, set, environment, ++number, complaints);
    return tree;
}

void check_sections(const Setting& root, axon::Complaints& complaints) {
    constexpr std::array<std::string_view, 8> known{"log",   "workers", "media",  "drain_timeout",
                                                    "admin", "servers", "graphs", "pipelines"};
    constexpr std::string_view owner = "the configuration";
    if (root.kind() != Kind::map) {
        axon::check_keys(root, owner, known, complaints);
        return;
    }
    for (const auto& entry : root.entries()) {
        if (std::ranges::find(sections_to_come, entry.key) != sections_to_come.end())
            complaints.add(entry.where, "section " + quote(entry.key) + " is not in this version");
        else if (const auto later = axon::did_you_mean(entry.key, sections_to_come);
                 later && !axon::did_you_mean(entry.key, known))
            complaints.add(entry.where, "unknown key " + quote(entry.key) + " in " + std::string{owner} +
                                            "; section " + quote(*later) + " is not in this version");
        else if (std::ranges::find(known, entry.key) == known.end())
            axon::add_unknown_key(entry, owner, known, complaints);
    }
}

unsigned read_workers(const Setting& setting, axon::Complaints& complaints) {
    if (setting.kind() == Kind::scalar) {
        if (setting.text() == "auto") return 0;
        if (const auto number = axon::parse_integer<unsigned>(setting.text(), 1, Config::most_workers))
            return *number;
    }
    complaints.add_mismatch(setting, "workers", "auto, or a number from 1 to 256");
    return 1;
}

void read_general(const Setting& root, const std::filesystem::path& directory, Config& config,
                  axon::Complaints& complaints) {
    if (const auto* log = root.find("log"))
        config.log =
            axon::parse_params<LogConfig>(*log, {"log", log->where()}, {}, complaints).value_or(LogConfig{});
    if (const auto* workers = root.find("workers")) config.workers = read_workers(*workers, complaints);
    if (const auto* media = root.find("media")) {
        if (auto path = axon::read_setting<axon::MediaDirectory>(*media, "media", complaints))
            config.media = {(directory / path->path).lexically_normal(), media->where()};
    }
    if (const auto* timeout = root.find("drain_timeout")) {
        if (const auto duration = axon::read_setting<axon::Duration>(*timeout, "drain_timeout", complaints))
            config.drain_timeout = *duration;
    }
}

constexpr std::size_t longest_name = 64;

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
               c == '-' || c == '.';
    });
}

// What a section defines, by name.
std::span<const Setting::Entry> definitions(const Setting& root, std::string_view section,
                                            axon::Complaints& complaints) {
    const auto* found = root.find(section);
    if (!found || (found->kind() == Kind::null && !found->is_faulty())) return {};
    if (found->kind() != Kind::map) {
        complaints.add_mismatch(*found, section, "a map of names");
        return {};
    }
    for (const auto& entry : found->entries())
        if (!is_name(entry.key))
            complaints.add(entry.where, std::string{section} + ": the name " + quote(entry.key) +
                                            "; expected up to 64 letters, digits, \".\", \"_\" or \"-\"");
    return found->entries();
}

PurposePlace purpose_of(const Setting& root) {
    for (const auto* section : {"servers", "graphs"})
        if (const auto* found = root.find(section)) return {found->where()};
    return {root.where()};
}

std::vector<NamedPipeline> read_pipelines(std::span<const Setting::Entry> entries, PipelineReader& reader,
                                          const axon::Registry& registry, axon::Complaints& complaints) {
    std::vector<NamedPipeline> pipelines;
    for (const auto& [name, where, setting] : entries) {
        if (registry.find(name))
            complaints.add(where, "pipelines: " + quote(name) + " is the name of a component");
        if (const auto* pipeline = reader.definition(name, where))
            pipelines.push_back({name, where, *pipeline});
    }
    return pipelines;
}

// As it was typed, if that is short and on one line.
std::string shortened(const std::string& text) {
    const auto quoted = quote(text);
    return quoted.ends_with("...\"") || text.contains('\n') ? quoted : text;
}

std::string label(axon::Where where, const ConfigSource& source) {
    if (where.source == 0 && source.file)
        return source.file->name + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
    if (where.source > 0 && where.source <= source.sets.size())
        return "--set " + shortened(source.sets[where.source - 1]);
    return "--media " + source.media.value_or("").string();
}

} // namespace

Config read_config(const ConfigSource& source, const Environment& environment, const axon::Registry& registry,
                   axon::Complaints& complaints) {
    const auto [root, whole] = read_tree(source, environment, complaints);
    check_sections(root, complaints);
    const auto directory =
        source.file ? std::filesystem::path{source.file->name}.parent_path() : std::filesystem::path{};
    Config config;
    config.purpose = purpose_of(root);
    read_general(root, directory, config, complaints);
    if (source.media) config.media = {*source.media, Where{.source = source_of_media(source)}};

    const axon::ParamContext context{.media = config.media.directory, .config_directory = directory};
    const auto pipelines = definitions(root, "pipelines", complaints);
    PipelineReader reader{registry, context, {.entries = pipelines, .whole = whole}, complaints};
    config.pipelines = read_pipelines(pipelines, reader, registry, complaints);
    TakenAddresses taken;
    config.servers =
        read_servers(definitions(root, "servers", complaints), reader, taken, registry, context, complaints);
    for (auto& server : config.servers) server.required = !is_extra_of_media(server, source);
    if (const auto* admin = root.find("admin")) {
        config.admin = read_admin(*admin, config.servers, taken, complaints);
        config.admin->required = source.file || admin->kind() != Kind::null;
    }
    config.graphs = read_graphs(definitions(root, "graphs", complaints), reader, complaints);
    return config;
}

void check_purpose(const Config& config, axon::Complaints& complaints) {
    if (config.servers.empty() && config.graphs.empty())
        complaints.add(
            config.purpose.where,
            "there is nothing to do; expected a server under \"servers\" or a graph under \"graphs\"");
}

std::vector<std::string> complaint_lines(const axon::Complaints& complaints, const ConfigSource& source) {
    std::vector<std::string> lines;
    for (const auto& complaint : complaints.list())
        lines.push_back(one_line(label(complaint.where, source) + ": " + complaint.text));
    return lines;
}

} // namespace server
