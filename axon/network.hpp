// Network: where names and sockets come from. Axon has no use for either and only hands it down.
#pragma once

namespace axon {

/// What a System is made with for those who need the outside world; what it can do is said where sockets are
/// (kamaelia/internet/network.hpp).
class Network {
public:
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    virtual ~Network() = default;

protected:
    Network() = default;
};

} // namespace axon
