#include "server/users_check.hpp"

#include "kamaelia/protocol/rtsp/rtsp_server.hpp"
#include "kamaelia/protocol/users_file.hpp"
#include "server/config/each_component.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace server {
namespace {

// Who names another kind of file gets no line for each of its lines.
constexpr std::size_t most_told = 20;

// Either what the system refuses, or what stands in the files.
void check(const Config& config, axon::Complaints& complaints, bool refusals) {
    for_each_component(config, [&](const axon::Blueprint& blueprint, axon::Where) {
        const auto* const rtsp = blueprint.params<kamaelia::RTSPServer::Params>();
        if (!rtsp || !rtsp->users) return;
        const auto read = kamaelia::read_users(rtsp->users->path, {}, {});
        if (read->users) return;
        const auto& mistakes = read->users.error();
        if ((mistakes.front().line == 0) != refusals) return;
        for (std::size_t i = 0; i < std::min(mistakes.size(), most_told); ++i)
            complaints.add(rtsp->users->where,
                           "cannot use the users file: " + to_string(mistakes[i], rtsp->users->path));
        if (mistakes.size() > most_told)
            complaints.add(rtsp->users->where, "cannot use the users file: " + rtsp->users->path.string() +
                                                   ": and " + std::to_string(mistakes.size() - most_told) +
                                                   " more mistakes");
    });
}

} // namespace

void check_users(const Config& config, axon::Complaints& complaints) { check(config, complaints, false); }

void check_users_are_there(const Config& config, axon::Complaints& complaints) {
    check(config, complaints, true);
}

} // namespace server
