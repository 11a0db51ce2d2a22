// The Selector: what those who wait for a descriptor tell of it.
#include "kamaelia/internet/selector.hpp"

#include "axon/awaited.hpp"
#include "axon/system.hpp"
#include "kamaelia/util/descriptor.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <sys/socket.h>
#include <vector>

namespace {

using axon::Task;
using kamaelia::Descriptor;
using kamaelia::Direction;

// Waits for one end of a pair of sockets that nobody writes to, or for an end that is full.
class Waits final : public axon::Component {
public:
    Waits(int fd, Direction direction) : fd_{fd}, direction_{direction} {}

private:
    Task<> main() override {
        auto watch = co_await kamaelia::watch(*this, fd_);
        if (direction_ == Direction::readable) {
            co_await watch.readable(*this);
        } else {
            co_await watch.writable(*this);
        }
    }
    int fd_;
    Direction direction_;
};

struct SocketPair {
    SocketPair() {
        std::array<int, 2> ends{};
        EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
        ours = Descriptor{ends[0]};
        theirs = Descriptor{ends[1]};
    }
    Descriptor ours, theirs;
};

std::string awaited_at(const Descriptor& descriptor, Direction direction) {
    axon::System system;
    const auto handle = system.spawn<Waits>(descriptor.get(), direction);
    while (system.scheduler().pass()) {
    }
    std::vector<axon::Awaited> list;
    if (handle && handle.get()->wait()) handle.get()->wait()->describe(list);
    return list.size() == 1 ? list.front().text : "";
}

TEST(Selector, WhoWaitsForADescriptorTellsWhichAndWhatFor) {
    const SocketPair pair;
    const auto name = "descriptor " + std::to_string(pair.ours.get());
    EXPECT_EQ(awaited_at(pair.ours, Direction::readable), name + " to be readable");
    const std::string much(65536, 'x');
    while (::send(pair.ours.get(), much.data(), much.size(), 0) > 0) {
    }
    EXPECT_EQ(awaited_at(pair.ours, Direction::writable), name + " to be writable");
}

} // namespace
