#include "server/config/taken_addresses.hpp"

#include "axon/quote.hpp"
#include "kamaelia/internet/address.hpp"

#include <algorithm>

namespace server {
namespace {

// What makes the addresses of a family and port collide.
struct Spot {
    std::string address;
    std::string every_address; // of its family on its port; empty where that is not known
    std::string any_address;   // stands for those that every_address collides with
};

Spot spot_of(const Listen& listen) {
    if (listen.scheme == Listen::Scheme::unix_socket)
        return {.address = listen.path.lexically_normal().string(), .every_address = {}, .any_address = {}};
    const auto port = ":" + std::to_string(listen.port);
    const auto literal = kamaelia::Address::ip(listen.host, listen.port);
    if (!literal) {
        auto name = listen.host;
        std::ranges::transform(name, name.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        return {.address = name + port, .every_address = {}, .any_address = {}};
    }
    const std::string family = literal->family() == AF_INET ? "0.0.0.0" : "[::]";
    return {
        .address = literal->text(), .every_address = family + port, .any_address = family + "/any" + port};
}

} // namespace

const TakenAddresses::Taken* TakenAddresses::find(const std::string& address) const {
    const auto found = taken_.find(address);
    return found == taken_.end() ? nullptr : &found->second;
}

void TakenAddresses::add(const Listen& listen, axon::Complaints& complaints) {
    const bool is_path = listen.scheme == Listen::Scheme::unix_socket;
    if (!is_path && listen.port == 0) return;
    const auto [address, every_address, any_address] = spot_of(listen);
    const auto* before = find(address);
    if (!before) before = find(address == every_address ? any_address : every_address);
    if (before) {
        complaints.add(listen.where, "listen: " + axon::quote(show(listen)) + " is listened on already, by " +
                                         axon::quote(before->url) +
                                         (before->where.source == listen.where.source
                                              ? " in line " + std::to_string(before->where.line)
                                              : "") +
                                         "; expected another " + (is_path ? "path" : "port"));
        return;
    }
    const Taken taken{show(listen), listen.where};
    taken_.emplace(address, taken);
    if (!any_address.empty()) taken_.emplace(any_address, taken);
}

} // namespace server
