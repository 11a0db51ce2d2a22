// Splitter: hands each message to all who want it.
//
//     auto& fan = child<Splitter<Bytes>>();
//     source | fan;
//     fan.subscribe(recorder.inbox);                               // has to get everything
//     fan.subscribe(listener.inbox, WhenFull::drop_oldest);        // holds up nobody
//     fan.unsubscribe(listener.inbox);
//
//     components:
//       fan: { Splitter: { outboxes: [ wait, drop_oldest ] } }     # outbox1 and outbox2
//     linkages:
//       - fan.outbox1 -> file.inbox
//       - fan.outbox2 -> network.inbox
#pragma once

#include "axon/combine.hpp"
#include "axon/filter.hpp"
#include "axon/params.hpp"
#include "kamaelia/util/when_full.hpp"

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kamaelia {

/// Subscribers come and go while it runs: a new one gets every message from the next one on, one that has
/// ended drops out. Each says what happens when its inbox is full (an inbox that drops by itself is never):
/// those who wait hold up all the others, which is logged once when it takes longer than `patience`; the
/// rest hold up nobody. A message goes to everyone who has room before it is waited for anyone. Without
/// subscribers messages are discarded. Its end ends the subscribers' input. Who only knows a stream's name
/// wants a Backplane.
template <class T>
class Splitter final : public axon::Sink<T> {
    static_assert(std::copy_constructible<T>, "a message that goes to many is copied");

public:
    struct Params {
        std::vector<WhenFull> outboxes{WhenFull::wait, WhenFull::wait};

        static auto fields() {
            return axon::fields(
                axon::field("outboxes", &Params::outboxes,
                            "outbox1, outbox2, ...: what each does when its reader is full: wait, "
                            "drop_oldest, drop_newest or disconnect"));
        }
        bool operator==(const Params&) const = default;
    };

    Splitter() = default;
    /// With an outbox for each of the parameters, for who links by name.
    explicit Splitter(const Params& params) {
        for (const auto when_full : params.outboxes) {
            const auto& name = names_.emplace_back("outbox" + std::to_string(names_.size() + 1));
            subscribers_.push_back(std::make_unique<Subscriber>(*this, name.c_str(), when_full));
            subscribers_.back()->named = true;
        }
    }

    /// Neither waits nor throws, but for misfits.
    template <class U>
    void subscribe(axon::Inbox<U>& to, WhenFull when_full = WhenFull::wait) {
        sweep_if_due();
        auto& added =
            *subscribers_.emplace_back(std::make_unique<Subscriber>(*this, "subscriber", when_full));
        link(added.outbox, to);
    }
    /// What has gone there stays there, and the linkages that others have there are left alone. No effect
    /// for who has not subscribed.
    void unsubscribe(const axon::InboxBase& from) {
        const auto found = std::ranges::find_if(
            subscribers_, [&](const auto& each) { return each->outbox.destination() == &from; });
        if (found == subscribers_.end()) return;
        axon::unlink((*found)->outbox);
        stale_ = true;
        if (!delivering_) sweep();
    }
    /// Those whose inboxes still lead somewhere; outboxes with a name count always.
    [[nodiscard]] std::size_t subscribers() const noexcept {
        return static_cast<std::size_t>(
            std::ranges::count_if(subscribers_, [this](const auto& each) { return !gone(*each); }));
    }
    /// Messages that a subscriber did not get because its inbox was full; the inbox counts those that it
    /// lost.
    [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }
    [[nodiscard]] std::uint64_t disconnected() const noexcept { return disconnected_; }

    /// How long one subscriber may hold up the others unsaid.
    static constexpr axon::Duration patience = std::chrono::seconds{1};

private:
    struct Subscriber {
        Subscriber(axon::Component& owner, const char* name, WhenFull policy)
            : outbox{owner, name}, when_full{policy} {}
        axon::Outbox<T> outbox;
        WhenFull when_full;
        bool named = false;
        bool owed = false; ///< it has yet to get the message that the others have
        bool told = false; ///< that it holds up the others
    };

    axon::Task<> main() override {
        while (const auto message = co_await this->inbox.receive()) {
            delivering_ = true;
            const auto count = subscribers_.size(); // who comes meanwhile begins with the next message
            bool owed = false;
            for (std::size_t i = 0; i < count; ++i) owed |= !offer(*subscribers_[i], *message);
            for (std::size_t i = 0; owed && i < count; ++i) {
                auto& subscriber = *subscribers_[i];
                if (!std::exchange(subscriber.owed, false)) continue;
                if (!co_await axon::within(patience, subscriber.outbox.send(*message))) {
                    tell(subscriber);
                    co_await subscriber.outbox.send(*message);
                }
            }
            delivering_ = false;
            if (stale_) sweep();
        }
    }

    // False when the subscriber has to be waited for.
    bool offer(Subscriber& to, const T& message) {
        (void)this->spend(); // so that who has many subscribers gives way after fewer messages
        if (!to.outbox.linked() && gone(to)) {
            stale_ = true;
            return true;
        }
        if (to.outbox.try_send(T(message))) {
            to.told = false;
            return true;
        }
        switch (to.when_full) {
        case WhenFull::wait: to.owed = true; return false;
        case WhenFull::drop_oldest: to.outbox.send_displacing(T(message)); break;
        case WhenFull::drop_newest: ++dropped_; break;
        case WhenFull::disconnect: disconnect(to); break;
        }
        return true;
    }

    void disconnect(Subscriber& subscriber) {
        ++disconnected_;
        this->log(axon::LogLevel::info, reader_of(subscriber) + " is disconnected: it is full");
        subscriber.outbox.close();
        stale_ = true;
    }

    void tell(Subscriber& subscriber) {
        if (std::exchange(subscriber.told, true)) return;
        this->log(axon::LogLevel::warning, reader_of(subscriber) + " is full and holds up the others");
    }

    [[nodiscard]] static std::string reader_of(const Subscriber& subscriber) {
        const auto* const box = subscriber.outbox.destination();
        return box && box->owned() ? box->owner().path() + "." + std::string{box->name()} : "a subscriber";
    }

    [[nodiscard]] bool gone(const Subscriber& subscriber) const noexcept {
        return !subscriber.named && !subscriber.outbox.destination();
    }
    void sweep() {
        std::erase_if(subscribers_, [this](const auto& each) { return gone(*each); });
        stale_ = false;
        sweep_at_ = std::max<std::size_t>(2 * subscribers_.size(), 16);
    }
    // While nobody sends, those that have ended are found when new ones come.
    void sweep_if_due() {
        if (subscribers_.size() >= sweep_at_ && !delivering_) sweep();
    }

    std::list<std::string> names_; ///< boxes point at their names
    std::vector<std::unique_ptr<Subscriber>> subscribers_;
    std::size_t sweep_at_ = 16;
    std::uint64_t dropped_ = 0;
    std::uint64_t disconnected_ = 0;
    bool delivering_ = false;
    bool stale_ = false; ///< some subscribers are gone
};

} // namespace kamaelia
