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

// Each users file, as it is named and as it is.
template <class Look>
void for_each_users_file(const Config& config, Look look) {
    for_each_component(config, [&](const axon::Blueprint& blueprint, axon::Where) {
        const auto* const rtsp = blueprint.params<kamaelia::RTSPServer::Params>();
        if (!rtsp || !rtsp->users) return;
        look(*rtsp->users, *kamaelia::read_users(rtsp->users->path, {}, {}));
    });
}

// Either what the system refuses, or what stands in the files.
void check(const Config& config, axon::Complaints& complaints, bool refusals) {
    for_each_users_file(config, [&](const kamaelia::UsersFile& file, const kamaelia::UsersRead& read) {
        if (read.users || read.refused != refusals) return;
        const auto& mistakes = read.users.error();
        for (std::size_t i = 0; i < std::min(mistakes.size(), most_told); ++i)
            complaints.add(file.where, "cannot use the users file: " + to_string(mistakes[i], file.path));
        if (mistakes.size() > most_told)
            complaints.add(file.where, "cannot use the users file: " + file.path.string() + ": and " +
                                           std::to_string(mistakes.size() - most_told) + " more mistakes");
    });
}

} // namespace

void check_users(const Config& config, axon::Complaints& complaints) { check(config, complaints, false); }

void check_users_are_there(const Config& config, axon::Complaints& complaints) {
    check(config, complaints, true);
}

void check_users_are_sensible(const Config& config, axon::Complaints& complaints) {
    for_each_users_file(config, [&](const kamaelia::UsersFile& file, const kamaelia::UsersRead& read) {
        if (!read.users) return;
        for (const auto& doubt : read.users->doubts())
            complaints.add(file.where, "doubtful users file: " + to_string(doubt, file.path));
    });
}

} // namespace server
