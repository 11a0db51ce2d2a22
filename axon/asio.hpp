// asio: any operation of Boost.Asio, awaited by a component.
//
//     kamaelia::AsioContext worker{*this};
//     asio::readable_pipe pipe{worker.get(), fd};
//     auto [error, size] = co_await axon::asio(*this, worker.get(),
//                                              pipe.async_read_some(room, asio::deferred));
//
// The operation is asked for with `deferred` and begins when it is awaited; what it completes with is the
// result, as Asio's own `as_tuple` has it.
#pragma once

#include "axon/awaited.hpp"
#include "axon/check.hpp"
#include "axon/component.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>

namespace axon {

namespace detail {

template <class Signature>
struct AsioResult;
template <class... Ts>
struct AsioResult<void(Ts...)> {
    using type = std::tuple<std::decay_t<Ts>...>;
};
template <class T>
struct AsioResult<void(T)> {
    using type = std::decay_t<T>;
};

} // namespace detail

/// What asio() gives to `co_await`: the one value that the operation completes with, or the tuple of all.
/// Throws std::system_error (operation_canceled) when the context drops the operation.
template <class Operation>
class [[nodiscard]] AsioWait final : public Wait {
public:
    using Result = typename detail::AsioResult<boost::asio::completion_signature_of_t<Operation>>::type;
    /// The result is given once: first_of() does not take it.
    struct GivenOnce;

    AsioWait(Component& component, boost::asio::io_context& context, Operation operation)
        : component_{component}, context_{context}, operation_{std::move(operation)} {}
    // An operation that was cancelled may touch what it was given once more, before it says that it has
    // ended; and all that is gone with the frames. So it ends here, with what else has happened in the
    // context, which wakes others at most. Asio cannot cancel all: what is still under way then ends by
    // itself, unheard.
    ~AsioWait() {
        run_to_its_end();
        if (!under_way_) return; // whose object is gone has ended by that, and must not be cancelled
        under_way_->cancel.emit(boost::asio::cancellation_type::terminal);
        run_to_its_end();
        if (under_way_) under_way_->awaited_by = nullptr;
    }

    [[nodiscard]] Component& component() const noexcept { return component_; }
    [[nodiscard]] bool ready() const noexcept override { return over_; }
    void arm() override {
        auto made = std::make_unique<UnderWay>(*this);
        under_way_ = made.get();
        const auto slot = made->cancel.slot();
        std::move(operation_)(boost::asio::bind_cancellation_slot(slot, Handler{std::move(made)}));
    }
    void describe(std::vector<Awaited>& list) const override {
        list.push_back({.text = "an operation of Asio"});
    }
    [[nodiscard]] static bool await_ready() noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        resume = waiting;
        component_.suspend(*this);
    }
    Result await_resume() {
        if (!result_) throw std::system_error{std::make_error_code(std::errc::operation_canceled), "asio"};
        return *std::move(result_);
    }

private:
    /// From the begin of the operation until its completion.
    struct UnderWay {
        explicit UnderWay(AsioWait& wait) noexcept : awaited_by{&wait} {}
        ~UnderWay() {
            if (awaited_by) awaited_by->is_over();
        }
        UnderWay(const UnderWay&) = delete;
        UnderWay& operator=(const UnderWay&) = delete;

        AsioWait* awaited_by; ///< null: nobody wants to know
        boost::asio::cancellation_signal cancel;
    };

    /// Called by the context, or destroyed uncalled when that drops the operation.
    struct Handler {
        explicit Handler(std::unique_ptr<UnderWay> its) noexcept : under_way{std::move(its)} {}
        template <class... Args>
        void operator()(Args&&... args) {
            AXON_DEV_CHECK(!under_way->awaited_by || under_way->awaited_by->component_.runs_here());
            if (under_way->awaited_by) under_way->awaited_by->result_.emplace(std::forward<Args>(args)...);
            under_way.reset();
        }
        std::unique_ptr<UnderWay> under_way;
    };

    void run_to_its_end() {
        while (under_way_ && context_.poll_one() > 0) {
        }
    }
    void is_over() noexcept {
        under_way_ = nullptr;
        over_ = true;
        component_.notify();
    }

    Component& component_;
    boost::asio::io_context& context_;
    Operation operation_;
    UnderWay* under_way_ = nullptr;
    bool over_ = false;
    std::optional<Result> result_;
};

/// Begins `operation` and waits for its completion. `self` is the component that awaits it, and `context`
/// that of the operation's object, which this thread runs. A component that is stopped, or whose time limit
/// is over, cancels it; what it reads and writes may stand in the frame.
template <class Operation>
[[nodiscard]] AsioWait<std::decay_t<Operation>> asio(Component& self, boost::asio::io_context& context,
                                                     Operation&& operation) {
    return {self, context, std::forward<Operation>(operation)};
}

} // namespace axon
