// The peer of the echo benchmark: the same service with nothing but Boost.Asio's coroutines, on one thread.
// Prints its port and serves until it is killed.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <exception>

namespace {

namespace asio = boost::asio;

// The context's own executor instead of any_io_executor, which costs an indirect call and a count here and
// there.
using Executor = asio::io_context::executor_type;
using Protocol = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Protocol, Executor>;
using Acceptor = asio::basic_socket_acceptor<Protocol, Executor>;
template <class T>
using Awaitable = asio::awaitable<T, Executor>;
constexpr asio::use_awaitable_t<Executor> awaited;

Awaitable<void> echo(Socket socket) {
    std::array<char, 64UL * 1024> room; // as much as kamaeliad's; untouched pages of it cost nothing
    try {
        socket.set_option(Protocol::no_delay{true});
        while (true) {
            const auto got = co_await socket.async_read_some(asio::buffer(room), awaited);
            co_await asio::async_write(socket, asio::buffer(room, got), awaited);
        }
    } catch (const boost::system::system_error&) {
        co_return; // the client has gone
    }
}

Awaitable<void> serve(Acceptor& acceptor) {
    while (true) {
        auto socket = co_await acceptor.async_accept(awaited);
        asio::co_spawn(acceptor.get_executor(), echo(std::move(socket)), asio::detached);
    }
}

} // namespace

int main() {
    asio::io_context context{1};
    Acceptor acceptor{context, Protocol::endpoint{asio::ip::address_v4::loopback(), 0}};
    std::printf("%d\n", int{acceptor.local_endpoint().port()});
    std::fflush(stdout);
    asio::co_spawn(context, serve(acceptor), asio::detached);
    context.run();
}
