// Whatever is linked, cut, led elsewhere, closed and stopped while messages flow: each message is heard
// once, waits somewhere, or was discarded and counted.
#include "axon/linkages.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <algorithm>
#include <random>

namespace {

using namespace parts;
using axon::Box;
using axon::Linkages;
using axon::testing::Rig;
using axon::testing::RigOptions;

constexpr std::size_t producers = 6;
constexpr int messages_each = 60;

// Producers, readers, and shells that have boxes and do nothing; any of them linked in any way.
class World {
public:
    explicit World(const RigOptions& options)
        : random_{static_cast<std::minstd_rand::result_type>(*options.shuffle + 1)}, rig_{options} {
        for (std::size_t i = 0; i < producers; ++i) {
            auto& made = rig_.add<Count>(static_cast<int>(i) * 1000, messages_each);
            counts_.push_back(&made);
            add(made);
            auto& shell = rig_.add<Idle<int>>(axon::InboxOptions{.capacity = 1 + one_of(4)});
            shells_.push_back(&shell);
            add(shell);
            auto& reader = rig_.add<Collect>();
            reader.inbox.set_options({.capacity = 1 + one_of(4)});
            readers_.push_back(&reader);
            add(reader);
        }
    }

    void live(int steps) {
        for (int i = 0; i < steps; ++i) {
            change();
            rig_.step();
        }
        rig_.run();
    }

    // Everything that was sent, by where it is now.
    void expect_nothing_lost() const {
        std::uint64_t sent = 0;
        std::uint64_t discarded = 0;
        for (const auto* count : counts_) {
            sent += count->outbox.sent();
            discarded += count->outbox.discarded();
        }
        Ints heard;
        std::size_t waiting = 0;
        for (const auto* reader : readers_) {
            heard.insert(heard.end(), reader->heard.begin(), reader->heard.end());
            waiting += reader->inbox.size();
        }
        for (const auto* shell : shells_) waiting += shell->inbox.size();
        EXPECT_EQ(heard.size() + waiting + discarded, sent);
        std::ranges::sort(heard);
        EXPECT_TRUE(std::ranges::adjacent_find(heard) == heard.end()) << "none is heard twice";
    }

private:
    [[nodiscard]] std::uint32_t one_of(std::size_t count) {
        return static_cast<std::uint32_t>(random_() % count);
    }
    void add(axon::Component& component) {
        all_.push_back(&component);
        for (auto* box = component.first_box(); box; box = box->next_box()) {
            boxes_.push_back(box);
            if (!box->is_inbox()) rig_.leave_unlinked(static_cast<axon::OutboxBase&>(*box));
        }
    }
    void change() {
        auto& from = *boxes_[one_of(boxes_.size())];
        auto& to = *boxes_[one_of(boxes_.size())];
        try {
            switch (one_of(16)) {
            case 0: rig_.stop(*all_[one_of(all_.size())]); break;
            case 1: rig_.shut_down(*all_[one_of(all_.size())]); break;
            case 2:
            case 3:
            case 4: Linkages::unlink(from); break;
            case 5: Linkages::unlink_sources(from); break;
            case 6:
                if (!from.is_inbox()) static_cast<axon::OutboxBase&>(from).close();
                break;
            case 7:
            case 8:
            case 9: Linkages::relink(from, to); break;
            default: Linkages::link(from, to);
            }
        } catch (const axon::LinkError&) { // a second destination, a loop, an inbox to an outbox
            ++refused_;
        }
    }

    std::minstd_rand random_;
    Rig rig_;
    std::vector<axon::Component*> all_;
    std::vector<Box*> boxes_;
    std::vector<Count*> counts_;
    std::vector<Idle<int>*> shells_;
    std::vector<Collect*> readers_;
    int refused_ = 0;
};

TEST(Conservation, OfMessagesHoweverTheirLinkagesChange) {
    in_every_order([](const RigOptions& options) {
        World world{options};
        world.live(150);
        world.expect_nothing_lost();
    });
}

} // namespace
