// SocketWriter with regions of files, over real loopback sockets: whose turn it is after a slice.
#include "kamaelia/internet/socket_writer.hpp"

#include "kamaelia/internet/listening_socket.hpp"
#include "tests/kamaelia/chassis/server_bench.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fcntl.h>
#include <string>
#include <sys/socket.h>
#include <utility>

namespace {

using namespace server_bench;
using kamaelia::FileRegion;
using kamaelia::Socket;
using kamaelia::SocketWriter;

constexpr std::size_t slices = 8;

// Sends a file on a connection.
class Download final : public axon::Component {
public:
    Download(Descriptor socket, FileRegion region) : socket_{std::move(socket)}, region_{std::move(region)} {}
    [[nodiscard]] std::uint64_t sent() const noexcept { return socket_.sent(); }

private:
    Task<> main() override {
        co_await socket_.open(*this);
        link(outbox_, child<SocketWriter>(socket_).inbox);
        co_await outbox_.send(std::move(region_));
        outbox_.close();
        co_await children_ended();
    }

    Socket socket_;
    FileRegion region_;
    axon::Outbox<kamaelia::BytesOrRegion> outbox_{*this, "outbox"};
};

// What a download has sent when everybody who was ready has had all turns, again and again with a look at the
// sockets in between.
TEST(SocketWriter, SendsOneSliceAndLetsTheOtherSocketsHaveTheirTurnThoughItsOwnTakesMore) {
    const kamaelia::testing::TemporaryDirectory directory;
    const auto path = directory.write("file", std::string(slices * SocketWriter::slice, 'x'));
    const ListeningSocket listener{*Address::ip("127.0.0.1", 0)};
    Client client{listener.address()};
    Descriptor accepted{::accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    ASSERT_TRUE(accepted.valid());

    axon::testing::VirtualClock clock; // where no time passes, pass() does not look at the sockets by itself
    axon::System system{{.clock = &clock}};
    const auto download = system.spawn<Download>(
        std::move(accepted),
        FileRegion{Descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC)}, 0, slices * SocketWriter::slice});
    std::uint64_t most = 0;
    std::uint64_t before = 0;
    while (!client.hear()) {
        while (system.scheduler().pass()) {
        }
        if (!download) continue;
        const auto sent = download.get()->sent();
        most = std::max(most, sent - before);
        before = sent;
        system.scheduler().poll();
    }
    EXPECT_EQ(client.heard.size(), slices * SocketWriter::slice);
#ifndef KAMAELIA_PORTABLE // which has slices of its own, a scratch buffer each
    EXPECT_GT(most, SocketWriter::slice / 2) << "it is the writer that stops, not the kernel";
#endif
    EXPECT_LE(most, SocketWriter::slice);
}

} // namespace
