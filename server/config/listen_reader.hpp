// ListenReader: reads `listen`, a URL or a list of them, and sees that no address is there twice.
#pragma once

#include "axon/setting.hpp"
#include "server/config/listen.hpp"
#include "server/config/taken_addresses.hpp"

#include <string_view>
#include <vector>

namespace server {

class ListenReader {
public:
    /// Both outlive it.
    ListenReader(TakenAddresses& taken, axon::Complaints& complaints)
        : taken_{taken}, complaints_{complaints} {}

    /// What of it is right, with its place; `taken` has it from then on.
    [[nodiscard]] std::vector<Listen> read(const axon::Setting& setting);

private:
    void read_url(const axon::Setting& setting, std::string_view expected, std::vector<Listen>& all);

    TakenAddresses& taken_;
    axon::Complaints& complaints_;
};

} // namespace server
