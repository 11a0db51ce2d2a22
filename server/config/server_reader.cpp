#include "server/config/server_reader.hpp"

#include "axon/did_you_mean.hpp"
#include "axon/params.hpp"
#include "axon/quote.hpp"
#include "server/config/listen_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace server {
namespace {

using axon::quote;
using axon::Setting;
using axon::Where;
using Kind = axon::Setting::Kind;

// What speaks the protocol that an address names; empty where it names none.
std::string_view component_of(const Listen& listen) {
    switch (listen.scheme) {
    case Listen::Scheme::http: return "HTTPServer";
    case Listen::Scheme::rtsp: return "RTSPServer";
    case Listen::Scheme::tcp:
    case Listen::Scheme::unix_socket: return {};
    }
    std::unreachable();
}

constexpr std::string_view default_admin_url = "http://127.0.0.1:8001";

class ServerReader {
public:
    ServerReader(PipelineReader& pipelines, TakenAddresses& taken, const axon::Registry& registry,
                 const axon::ParamContext& context, axon::Complaints& complaints)
        : pipelines_{pipelines},
          registry_{registry},
          context_{context},
          complaints_{complaints},
          listen_{taken, complaints} {}

    ServerConfig read(const Setting::Entry& entry) {
        ServerConfig server{.name = entry.key, .where = entry.where, .listen = {}, .protocol = {}};
        constexpr std::array<std::string_view, 2> known{"listen", "protocol"};
        const bool good = check_keys(entry, known);
        if (!good && entry.value.kind() != Kind::map) return server;
        const auto* listen = entry.value.find("listen");
        const auto* protocol = entry.value.find("protocol");
        if (listen)
            server.listen = listen_.read(*listen);
        else if (!axon::is_misspelt("listen", entry.value, known))
            complaints_.add(entry.where,
                            "server " + quote(entry.key) + " needs \"listen\": a URL or a list of them");
        if (!protocol && axon::is_misspelt("protocol", entry.value, known)) return server;
        if (auto composition = protocol ? pipelines_.read(*protocol, "protocol") : implied_protocol(server))
            server.protocol = *std::move(composition);
        if (protocol) refuse_second_protocol(server, protocol->where());
        return server;
    }

private:
    bool check_keys(const Setting::Entry& server, std::span<const std::string_view> known) {
        const auto owner = "server " + quote(server.key);
        if (server.value.kind() != Kind::map)
            return axon::check_keys(server.value, owner, known, complaints_);
        bool good = true;
        for (const auto& entry : server.value.entries()) {
            if (std::ranges::find(known, entry.key) != known.end()) continue;
            good = false;
            const auto component = component_with(entry.key, server.value);
            if (component.empty() || axon::did_you_mean(entry.key, known))
                axon::add_unknown_key(entry, owner, known, complaints_);
            else
                complaints_.add(entry.where, "unknown key " + quote(entry.key) + " in " + owner +
                                                 "; it is a parameter of " + std::string{component} +
                                                 ": expected a tcp:// address and protocol: [ " +
                                                 std::string{component} + ": { " + entry.key + ": ... } ]");
        }
        return good;
    }

    // Of those that a URL stands for, the one with this parameter, first the one that the server's does.
    std::string_view component_with(std::string_view parameter, const Setting& server) const {
        std::array<std::string_view, 2> candidates{"RTSPServer", "HTTPServer"};
        if (const auto* listen = server.find("listen")) {
            const bool is_list = listen->kind() == Kind::list && !listen->items().empty();
            const auto& url = is_list ? listen->items().front() : *listen;
            if (url.kind() == Kind::scalar && url.text().starts_with("http"))
                std::ranges::reverse(candidates);
        }
        const auto* const found = std::ranges::find_if(candidates, [&](std::string_view name) {
            const auto* kind = registry_.find(name);
            return kind && std::ranges::find(kind->fields(), parameter, &axon::FieldInfo::name) !=
                               kind->fields().end();
        });
        return found == candidates.end() ? std::string_view{} : *found;
    }

    // What http:// and rtsp:// stand for.
    std::optional<Composition> implied_protocol(const ServerConfig& server) {
        const auto needs_one = std::ranges::find(server.listen, "", component_of);
        if (needs_one != server.listen.end()) {
            complaints_.add(server.where, "server " + quote(server.name) + " needs \"protocol\": " +
                                              show(*needs_one) + " has none of its own");
            return std::nullopt;
        }
        if (server.listen.empty()) return std::nullopt;
        const auto& first = server.listen.front();
        for (const auto& other : server.listen) {
            if (other.scheme == first.scheme) continue;
            complaints_.add(other.where, "listen: " + show(other) + " speaks another protocol than " +
                                             show(first) + "; expected a server for each");
            return std::nullopt;
        }
        const auto where = first.where;
        const auto* kind = registry_.find(component_of(first));
        if (!kind) {
            complaints_.add(where, "listen: " + show(first) + " needs the component " +
                                       std::string{component_of(first)} +
                                       ", which this version does not have");
            return std::nullopt;
        }
        auto blueprint = kind->parse(Setting::null(where), where, context_, complaints_);
        if (!blueprint) return std::nullopt;
        return PipelineSpec{.parts = {{.id = {}, .what = *std::move(blueprint), .where = where}},
                            .where = where};
    }

    void refuse_second_protocol(const ServerConfig& server, Where where) {
        const auto has_one = std::ranges::find_if(
            server.listen, [](const Listen& listen) { return !component_of(listen).empty(); });
        if (has_one != server.listen.end())
            complaints_.add(where, "protocol: " + show(*has_one) +
                                       " has its protocol already; expected none, or a tcp:// address");
    }

    PipelineReader& pipelines_;
    const axon::Registry& registry_;
    const axon::ParamContext& context_;
    axon::Complaints& complaints_;
    ListenReader listen_;
};

} // namespace

std::vector<ServerConfig> read_servers(std::span<const Setting::Entry> entries, PipelineReader& pipelines,
                                       TakenAddresses& taken, const axon::Registry& registry,
                                       const axon::ParamContext& context, axon::Complaints& complaints) {
    ServerReader reader{pipelines, taken, registry, context, complaints};
    std::vector<ServerConfig> servers;
    for (const auto& entry : entries) servers.push_back(reader.read(entry));
    return servers;
}

AdminConfig read_admin(const Setting& setting, std::span<const ServerConfig> servers, TakenAddresses& taken,
                       axon::Complaints& complaints) {
    constexpr std::array<std::string_view, 1> known{"listen"};
    for (const auto& server : servers) {
        if (server.name == "admin")
            complaints.add(server.where, "server \"admin\" has the name of the admin listener");
    }
    AdminConfig admin;
    const bool is_empty = setting.kind() == Kind::null && !setting.is_faulty();
    if (!is_empty && !axon::check_keys(setting, "admin", known, complaints)) return admin;
    if (const auto* listen = is_empty ? nullptr : setting.find("listen")) {
        admin.listen = ListenReader{taken, complaints}.read(*listen);
    } else {
        admin.listen.push_back(parse_listen(default_admin_url).value());
        admin.listen.back().where = setting.where();
        taken.add(admin.listen.back(), complaints);
    }
    for (const auto& listen : admin.listen) {
        if (listen.scheme != Listen::Scheme::http)
            complaints.add(listen.where, "listen: " + quote(show(listen)) +
                                             "; admin speaks HTTP: expected http://HOST:PORT");
    }
    return admin;
}

} // namespace server
