// TakenAddresses: what one configuration listens on, so that nothing does so twice.
#pragma once

#include "axon/setting.hpp"
#include "server/config/listen.hpp"

#include <map>
#include <string>

namespace server {

class TakenAddresses {
public:
    /// Complains when the system would refuse this one beside those before: the same address, or one that
    /// 0.0.0.0 or [::] covers. Port 0 is free always. Names other than localhost are not resolved.
    void add(const Listen& listen, axon::Complaints& complaints);

private:
    struct Taken {
        std::string url;
        axon::Where where;
    };
    const Taken* find(const std::string& address) const;

    std::map<std::string, Taken, std::less<>> taken_;
};

} // namespace server
