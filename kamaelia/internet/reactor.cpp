#include "kamaelia/internet/reactor.hpp"

#include "axon/awaited.hpp"
#include "axon/frame_pool.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>

#include <string>

namespace kamaelia {

namespace asio = boost::asio;

namespace {

// How many events are handed out at once. Few, so that the components which they wake are done with a
// connection while the processor's caches still hold it, and within one pass of the scheduler.
constexpr int events_at_once = 8;

// The context's own executor: any_io_executor costs every operation an indirect call and a count.
using AsioDescriptor = asio::posix::basic_stream_descriptor<asio::io_context::executor_type>;

// Asio's operations come from the worker's pool, like everything that is made and freed all the time.
template <class T>
struct PoolAllocator {
    using value_type = T;
    PoolAllocator() = default;
    template <class U>
    PoolAllocator(const PoolAllocator<U>&) noexcept {}
    T* allocate(std::size_t count) { return static_cast<T*>(axon::frame_pool::allocate(count * sizeof(T))); }
    void deallocate(T* memory, std::size_t count) noexcept {
        axon::frame_pool::deallocate(memory, count * sizeof(T));
    }
    friend bool operator==(PoolAllocator, PoolAllocator) noexcept { return true; }
};

} // namespace

// One descriptor, from its request until both its owner and Asio are done with it.
class Watched {
public:
    Watched(Reactor& reactor, asio::io_context& context, axon::Sender<Ready> reply)
        : reactor_{&reactor}, descriptor_{std::in_place, context}, reply_{std::move(reply)} {}

    /// The descriptor's owner has gone.
    void abandon() noexcept;
    void start(Direction direction);
    void come_round(Direction direction);
    void over(Direction direction) noexcept;

    /// Empty: it has been let go.
    [[nodiscard]] std::optional<int> fd() {
        return descriptor_ ? std::optional{descriptor_->native_handle()} : std::nullopt;
    }
    WatchWait*& waiting(Direction direction) noexcept {
        return sides_[static_cast<std::size_t>(direction)].waiting;
    }
    void tell(Direction direction) noexcept { sides_[static_cast<std::size_t>(direction)].told = true; }

private:
    friend class Reactor;
    friend class Watch;

    struct Side {
        WatchWait* waiting = nullptr;
        bool under_way = false; ///< Asio will complete it
        bool told = false;      ///< by message
    };
    struct Completion {
        Watched* watched;
        Direction direction;
        using allocator_type = PoolAllocator<std::byte>;
        [[nodiscard]] static allocator_type get_allocator() noexcept { return {}; }
        void operator()(const boost::system::error_code& = {}) const noexcept { watched->over(direction); }
    };

    void let_go() noexcept;
    void free_if_unused() noexcept;

    Reactor* reactor_;
    std::optional<AsioDescriptor> descriptor_;
    axon::Sender<Ready> reply_;
    std::array<Side, 2> sides_;
    bool abandoned_ = false;
    Watched* next_ = nullptr;
    Watched* previous_ = nullptr;
};

void Watched::abandon() noexcept {
    abandoned_ = true;
    let_go();
    if (reactor_) std::erase_if(reactor_->to_start_, [this](const auto& pair) { return pair.first == this; });
    if (reactor_ && --reactor_->watched_ == 0) reactor_->selector_.notify();
    free_if_unused();
}

// Takes the descriptor back from Asio, unclosed; what is under way there completes soon.
void Watched::let_go() noexcept {
    if (descriptor_ && descriptor_->is_open()) (void)descriptor_->release();
    descriptor_.reset();
}

void Watched::free_if_unused() noexcept {
    if (!abandoned_ || sides_[0].under_way || sides_[1].under_way) return;
    if (reactor_) reactor_->forget(*this);
    delete this;
}

void Watched::start(Direction direction) {
    auto& side = sides_[static_cast<std::size_t>(direction)];
    if (side.under_way || !reactor_) return;
    side.under_way = true;
    using enum asio::posix::descriptor_base::wait_type;
    descriptor_->async_wait(direction == Direction::readable ? wait_read : wait_write,
                            Completion{this, direction});
}

// Completes when Asio's queue has come round. Asking the kernel is one call a message, which a server
// that is busy saves: until it comes round the next message is mostly there. One that is not busy asks
// when it has nothing else to do: the answer to what was just read goes out first.
void Watched::come_round(Direction direction) {
    auto& side = sides_[static_cast<std::size_t>(direction)];
    if (side.under_way || !reactor_) return;
    if (!reactor_->busy_) {
        reactor_->to_start_.push_back({this, direction});
        return;
    }
    side.under_way = true;
    asio::post(reactor_->context_->asio.get_executor(), Completion{this, direction});
}

void Watched::over(Direction direction) noexcept {
    auto& side = sides_[static_cast<std::size_t>(direction)];
    side.under_way = false;
    if (abandoned_) return free_if_unused();
    if (auto* wait = std::exchange(side.waiting, nullptr)) wait->over();
    if (std::exchange(side.told, false)) reply_.try_send(Ready{Watch{}, direction});
}

Reactor::Reactor(axon::Component& selector) : selector_{selector}, context_{new WorkerContext} {}

Reactor::~Reactor() {
    for (auto* watched = first_; watched; watched = watched->next_) watched->let_go();
    while (context_->asio.poll_one() > 0) { // what was under way is cancelled and ends here
    }
    while (auto* watched = first_) {
        forget(*watched);
        watched->reactor_ = nullptr;
        watched->free_if_unused();
    }
    context_->let_go();
}

void Reactor::start_waits() {
    for (const auto& [watched, direction] : to_start_) watched->start(direction);
    to_start_.clear();
}

bool Reactor::poll() {
    start_waits();
    int taken = 0;
    while (taken < events_at_once && context_->asio.poll_one() > 0) ++taken;
    busy_ = taken > 0;
    return busy_;
}

// An event is mostly followed by what came before it: one that comes alone by another alone, and to ask
// whether there are more is a call to the kernel in vain; so that is done now and then.
void Reactor::wait(std::optional<axon::Duration> timeout) {
    start_waits();
    const auto taken = timeout ? context_->asio.run_one_for(*timeout) : context_->asio.run_one();
    if (taken == 0) return;
    if (busy_ || ++came_alone_ % events_at_once == 0) poll();
}

void Reactor::wake() noexcept {
    asio::post(context_->asio, [] {});
}

void Reactor::watch(int fd, axon::Sender<Ready> reply) {
    auto watched = std::make_unique<Watched>(*this, context_->asio, std::move(reply));
    boost::system::error_code refused;
    watched->descriptor_->assign(fd, refused);
    if (refused) {
        watched->reply_.try_send(Ready{});
        return;
    }
    auto* const added = watched.release();
    added->next_ = first_;
    if (first_) first_->previous_ = added;
    first_ = added;
    ++watched_;
    added->reply_.try_send(Ready{Watch{added}, Direction::readable});
}

void Reactor::forget(Watched& watched) noexcept {
    if (watched.next_) watched.next_->previous_ = watched.previous_;
    (watched.previous_ ? watched.previous_->next_ : first_) = watched.next_;
    watched.next_ = watched.previous_ = nullptr;
}

Watch::~Watch() {
    if (watched_) watched_->abandon();
}

WatchWait Watch::readable(axon::Component& self) noexcept { return {self, watched_, Direction::readable}; }
WatchWait Watch::perhaps_readable(axon::Component& self) noexcept {
    return {self, watched_, Direction::readable, WatchWait::Until::come_round};
}
WatchWait Watch::writable(axon::Component& self) noexcept { return {self, watched_, Direction::writable}; }

void Watch::tell_when(Direction direction) {
    watched_->tell(direction);
    watched_->start(direction);
}

std::span<char> Watch::scratch() const noexcept {
    return watched_ && watched_->reactor_ ? watched_->reactor_->scratch() : std::span<char>{};
}

WatchWait::~WatchWait() {
    if (watched_ && watched_->waiting(direction_) == this) watched_->waiting(direction_) = nullptr;
}

void WatchWait::arm() {
    if (!watched_) return;
    watched_->waiting(direction_) = this;
    if (until_ == Until::come_round) {
        watched_->come_round(direction_);
    } else {
        watched_->start(direction_);
    }
}

void WatchWait::describe(std::vector<axon::Awaited>& list) const {
    const auto fd = watched_ ? watched_->fd() : std::nullopt;
    list.push_back({.text = (fd ? "descriptor " + std::to_string(*fd) : "a descriptor") +
                            (direction_ == Direction::readable ? " to be readable" : " to be writable")});
}

void WatchWait::over() noexcept {
    over_ = true;
    component_.notify();
}

} // namespace kamaelia
