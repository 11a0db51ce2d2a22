// Echo: sends everything that it hears back out.
#pragma once

#include "axon/bytes.hpp"
#include "axon/filter.hpp"

#include <string_view>

namespace kamaelia {

/// As a server's protocol: the client gets back what it says, and when it has said all, the rest of it
/// and then the end. Ends when its input ends.
class Echo final : public axon::Filter<axon::Bytes, axon::Bytes> {
public:
    static constexpr std::string_view summary = "sends back what it hears";

private:
    axon::Task<> main() override;
};

} // namespace kamaelia
