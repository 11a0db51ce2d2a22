#include "server/run.hpp"

#include "axon/heartbeat.hpp"
#include "axon/registry.hpp"
#include "axon/system.hpp"
#include "server/components.hpp"
#include "server/components_command.hpp"
#include "server/compose.hpp"
#include "server/config/config.hpp"
#include "server/config/one_line.hpp"
#include "server/daemon.hpp"
#include "server/exit_code.hpp"
#include "server/graph_command.hpp"
#include "server/listeners.hpp"
#include "server/log.hpp"
#include "server/loose_ends.hpp"
#include "server/media_check.hpp"
#include "server/options.hpp"
#include "server/users_check.hpp"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <optional>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <vector>

namespace server {
namespace {

ConfigFile read_file(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file || std::filesystem::is_directory(path)) {
        throw std::system_error{errno != 0 ? errno : EISDIR, std::generic_category(),
                                "cannot read " + path.string()};
    }
    return {path.string(), std::string{std::istreambuf_iterator<char>{file}, {}}};
}

ConfigSource source_of(const Options& options) {
    ConfigSource source{.file = {}, .sets = options.sets, .media = options.media};
    if (options.config) {
        source.file = read_file(*options.config);
    } else if (!options.media && std::filesystem::exists(default_config_file)) {
        source.file = read_file(default_config_file);
    }
    return source;
}

void print(const axon::Complaints& complaints, const ConfigSource& source) {
    for (const auto& line : complaint_lines(complaints, source)) std::cerr << line << '\n';
}

// Empty after the complaints have been printed.
std::optional<Config> checked_config(const ConfigSource& source, const axon::Registry& registry) {
    axon::Complaints complaints;
    auto config = read_config(source, process_environment(), registry, complaints);
    check_compositions(config, complaints);
    check_users(config, complaints);
    if (complaints.empty())
        check_purpose(config, complaints); // else what there is to do may be what is wrong
    print(complaints, source);
    if (!complaints.empty()) return std::nullopt;
    return config;
}

// The configuration may be meant for another machine, so what is not here makes it not wrong.
void print_warnings(const Config& config, const ConfigSource& source) {
    axon::Complaints found;
    check_loose_ends(config, found);
    check_media(config, found);
    check_files(config, found);
    check_users_are_there(config, found);
    check_users_are_sensible(config, found);
    axon::Complaints warnings;
    for (const auto& [where, text] : found.list()) warnings.add(where, "warning: " + text);
    print(warnings, source);
}

// What waits for a disk waits there: a few that hang must not hold up the others.
constexpr unsigned offload_threads = 8;

// Only servers can be spread: graphs are there once.
unsigned worker_count(const Config& config) {
    if (config.servers.empty()) return 1;
    return config.workers == 0 ? std::min(axon::System::cores(), Config::most_workers) : config.workers;
}

void log_warnings(const Config& config, const ConfigSource& source, axon::Log& log) {
    axon::Complaints warnings;
    check_loose_ends(config, warnings);
    check_files(config, warnings);
    check_users_are_sensible(config, warnings);
    for (const auto& line : complaint_lines(warnings, source)) log.write(axon::LogLevel::warning, "", line);
}

// The soft limit is there for programs that use select(); who wants us to have fewer sets the hard one.
void take_all_descriptors() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int usage_error(const std::string& text) {
    std::cerr << "kamaeliad: " << text << "\nTry kamaeliad --help.\n";
    return exit_code::usage;
}

// Empty after what was refused has been printed.
std::optional<Listeners> open_listeners(const Config& config, const ConfigSource& source,
                                        kamaelia::Network& network, unsigned workers) {
    try {
        return Listeners{config, network, workers};
    } catch (const ListenRefused& refused) {
        axon::Complaints complaints;
        complaints.add(refused.where(), refused.what());
        print(complaints, source);
        return std::nullopt;
    }
}

int run(const Options& options, const axon::Registry& registry) {
    const auto source = source_of(options);
    if (!source.file && !source.media) {
        return usage_error(
            "there is nothing to serve; expected --config FILE or --media DIR, or a configuration in " +
            std::string{default_config_file});
    }
    const auto config = checked_config(source, registry);
    if (!config) return exit_code::configuration;
    axon::Complaints missing;
    check_media(*config, missing);
    check_users_are_there(*config, missing);
    print(missing, source);
    if (!missing.empty()) return exit_code::system_refused;
    take_all_descriptors();
    StderrLog log{config->log};
    const auto workers = worker_count(*config);
    axon::Heartbeats heartbeats{workers};
    std::deque<bool> failed(workers); // each written by its worker alone
    axon::System system{{.log = &log, .offload_threads = offload_threads, .workers = workers}};
    auto listeners = open_listeners(*config, source, kamaelia::Network::of(system), workers);
    if (!listeners) return exit_code::system_refused;
    for (unsigned worker = 0; worker < workers; ++worker)
        system.spawn_on<Daemon>(worker, *config, *listeners, heartbeats, failed[worker], worker);
    log.announce("ready:" + listeners->serves());
    log_warnings(*config, source, log);
    for (const auto& refusal : listeners->refusals()) log.write(axon::LogLevel::warning, "", refusal);
    system.run();
    const bool any_failed = std::ranges::find(failed, true) != failed.end();
    return any_failed ? exit_code::fault : exit_code::stopped;
}

int check(const Options& options, const axon::Registry& registry) {
    const auto source = source_of(options);
    if (!source.file) return usage_error("there is nothing to check; expected a FILE");
    const auto config = checked_config(source, registry);
    if (!config) return exit_code::configuration;
    print_warnings(*config, source);
    std::cout << one_line(source.file->name) << ": no mistakes found\n";
    return exit_code::stopped;
}

int graph(const Options& options, const axon::Registry& registry) {
    const auto source = source_of(options);
    if (!source.file && !source.media) return usage_error("there is nothing to draw; expected a FILE");
    const auto config = checked_config(source, registry);
    if (!config) return exit_code::configuration;
    std::cout << render(planned_components(*config), options.graph_format);
    return exit_code::stopped;
}

int dispatch(const Options& options) {
    axon::Registry registry;
    add_components(registry);
    switch (options.command) {
    case Command::run: return run(options, registry);
    case Command::check: return check(options, registry);
    case Command::graph: return graph(options, registry);
    case Command::components: return list_components(options, registry, std::cout, std::cerr);
    case Command::version: std::cout << "kamaeliad " KAMAELIA_VERSION "\n"; break;
    case Command::help: std::cout << help_text(); break;
    }
    return exit_code::stopped;
}

} // namespace

int run_program(std::span<char* const> arguments) {
#ifdef __GLIBC__
    ::mallopt(M_TRIM_THRESHOLD, 4 << 20); // else the heap's end goes back and forth with every few messages
    ::mallopt(M_MXFAST, 0); // else small pieces that were freed are joined all at once, in somebody's turn
#endif
    try {
        const auto options = parse_options(std::vector<std::string>{arguments.begin(), arguments.end()});
        return options ? dispatch(*options) : usage_error(options.error().text);
    } catch (const std::system_error& refused) {
        std::cerr << "kamaeliad: " << one_line(refused.what()) << '\n';
        return exit_code::system_refused;
    } catch (const std::exception& fault) {
        std::cerr << "kamaeliad: " << one_line(fault.what()) << '\n';
        return exit_code::fault;
    }
}

} // namespace server
