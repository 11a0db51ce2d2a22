// AsioContext: the io_context that this worker runs, for operations of Asio that a component awaits.
//
//     kamaelia::AsioContext worker{*this};
//     asio::readable_pipe pipe{worker.get(), fd};
//     auto [error, size] = co_await axon::asio(*this, worker.get(),
//                                              pipe.async_read_some(room, asio::deferred));
//
// Time is the scheduler's (sleep_for), not a timer's of Asio: a test could not say what it is.
#pragma once

#include "axon/outbox.hpp"
#include "kamaelia/internet/selector.hpp"

#include <boost/asio/io_context.hpp>

namespace kamaelia {

class WorkerContext;

/// Keeps the worker's Selector, which runs the context. It must outlive every object that is made with it.
/// For the worker's thread alone.
class AsioContext {
public:
    /// For a component that has started. Makes the Selector if there is none yet.
    explicit AsioContext(axon::Component& self);
    ~AsioContext();
    AsioContext(const AsioContext&) = delete;
    AsioContext& operator=(const AsioContext&) = delete;

    [[nodiscard]] boost::asio::io_context& get() const noexcept;

private:
    axon::Outbox<WatchRequest> selector_;
    WorkerContext* context_;
};

} // namespace kamaelia
