// Any text is a configuration or is complained about; nothing else happens. The text ends at the first zero;
// what follows, each up to the next zero, is one --set.
#include "server/config/config.hpp"
#include "server/components.hpp"
#include "server/compose.hpp"
#include "server/loose_ends.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

server::ConfigSource source_of(std::string_view data) {
    server::ConfigSource source{.file = server::ConfigFile{.name = "f", .text = {}}, .sets = {}, .media = {}};
    const auto end = data.find('\0');
    source.file->text = data.substr(0, end);
    while (end != std::string_view::npos && !data.empty()) {
        data.remove_prefix(std::min(data.find('\0'), data.size() - 1) + 1);
        if (!data.empty()) source.sets.emplace_back(data.substr(0, data.find('\0')));
    }
    return source;
}

void require(bool condition) {
    if (!condition) std::abort();
}

void check_place(const axon::Complaint& complaint, const server::ConfigSource& source) {
    require(complaint.where.line > 0 && complaint.where.column > 0);
    require(complaint.where.source <= source.sets.size());
    require(!complaint.text.empty() && complaint.text.find('\n') == std::string::npos);
}

void check_good(const server::Config& config) {
    for (const auto& server : config.servers) {
        require(!server.listen.empty());
        require(std::visit([](const auto& spec) { return !spec.parts.empty(); }, server.protocol));
        for (const auto& listen : server.listen) require(server::parse_listen(show(listen)) == listen);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto registry = [] {
        axon::Registry all;
        server::add_components(all);
        return all;
    }();
    const auto source = source_of({reinterpret_cast<const char*>(data), size});
    axon::Complaints complaints;
    const auto config = server::read_config(source, {{"SET", "value"}}, registry, complaints);
    server::check_compositions(config, complaints);
    require(complaint_lines(complaints, source).size() == complaints.list().size());
    for (const auto& complaint : complaints.list()) check_place(complaint, source);
    if (!complaints.empty()) return 0;
    check_good(config);
    axon::Complaints warnings;
    server::check_loose_ends(config, warnings);
    for (const auto& warning : warnings.list()) check_place(warning, source);
    return 0;
}
