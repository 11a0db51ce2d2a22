// Boxes: capacity, overflow, bytes, the order among those who wait, and what goes nowhere.
#include "axon/bytes.hpp"
#include "axon/inbox.hpp"
#include "axon/outbox.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Bytes;
using axon::Task;
using axon::testing::Rig;

TEST(Box, KnowsItsNameAndItsOwnerAndIsFoundByIt) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    EXPECT_EQ(echo.inbox.name(), "inbox");
    EXPECT_EQ(&echo.inbox.owner(), &echo);
    EXPECT_EQ(echo.find_box("inbox"), &echo.inbox);
    EXPECT_EQ(echo.find_box("outbox"), &echo.outbox);
    EXPECT_EQ(echo.find_box("exbox"), nullptr);
}

TEST(Box, DropsTheOldestWhereItsReceiverWantsTheNewest) {
    Rig rig;
    auto& idle =
        rig.add<Idle<int>>(axon::InboxOptions{.capacity = 2, .overflow = axon::Overflow::drop_oldest});
    for (int i = 0; i < 5; ++i) rig.feed(idle.inbox, i);
    EXPECT_EQ(rig.refused(idle.inbox), 0U);
    EXPECT_EQ(idle.inbox.dropped(), 3U);
    EXPECT_EQ(idle.inbox.try_receive(), 3);
    EXPECT_EQ(idle.inbox.try_receive(), 4);
}

TEST(Box, DropsTheNewestWhereItsReceiverWantsTheOldest) {
    Rig rig;
    auto& idle =
        rig.add<Idle<int>>(axon::InboxOptions{.capacity = 2, .overflow = axon::Overflow::drop_newest});
    for (int i = 0; i < 5; ++i) rig.feed(idle.inbox, i);
    EXPECT_EQ(rig.refused(idle.inbox), 0U);
    EXPECT_EQ(idle.inbox.dropped(), 3U);
    EXPECT_EQ(idle.inbox.try_receive(), 0);
    EXPECT_EQ(idle.inbox.try_receive(), 1);
    EXPECT_EQ(idle.inbox.try_receive(), std::nullopt);
}

// Waves of one to nine messages through one box: from its own place into rings of any size, and back.
// What a message holds is on the heap, so that a sanitizer sees one that is lost or freed twice.
template <class Message>
void keeps_order_in_waves(Message (*make)(int number), int (*number_of)(const Message& message)) {
    Rig rig;
    auto& idle = rig.add<Idle<Message>>();
    int put = 0, taken = 0;
    for (int wave = 1; wave < 10; ++wave) {
        for (int i = 0; i < wave; ++i) rig.feed(idle.inbox, make(put++));
        const int stays = wave % 3 == 0 ? 0 : 1;
        while (taken < put - stays) {
            const auto message = idle.inbox.try_receive();
            ASSERT_TRUE(message);
            EXPECT_EQ(number_of(*message), taken++);
        }
    }
    EXPECT_TRUE(idle.inbox.empty());
    rig.feed(idle.inbox, make(0)); // goes with the box
}

TEST(Box, KeepsTheOrderOfSmallMessages) {
    keeps_order_in_waves<std::unique_ptr<int>>([](int number) { return std::make_unique<int>(number); },
                                               [](const std::unique_ptr<int>& message) { return *message; });
}

TEST(Box, KeepsTheOrderOfLargeMessages) {
    keeps_order_in_waves<std::string>(
        [](int number) { return std::to_string(number) + std::string(100, ' '); },
        [](const std::string& message) { return std::stoi(message); });
}

TEST(Box, CountsBytesWhereMessagesHaveThem) {
    Rig rig;
    auto& idle = rig.add<Idle<Bytes>>(axon::InboxOptions{.bytes = 10});
    rig.feed(idle.inbox, Bytes{"1234"});
    rig.feed(idle.inbox, Bytes{"567890"});
    EXPECT_EQ(idle.inbox.size(), 2U);
    rig.feed(idle.inbox, Bytes{"x"});
    EXPECT_EQ(rig.refused(idle.inbox), 1U);
    (void)idle.inbox.try_receive();
    rig.run();
    EXPECT_EQ(rig.refused(idle.inbox), 0U);
}

TEST(Box, TakesOneMessageThatIsLargerThanItsLimitWhenItIsEmpty) {
    Rig rig;
    auto& idle = rig.add<Idle<Bytes>>(axon::InboxOptions{.bytes = 10});
    rig.feed(idle.inbox, Bytes{std::string(1000, 'x')});
    rig.feed(idle.inbox, Bytes{"y"});
    EXPECT_EQ(idle.inbox.size(), 1U);
    EXPECT_EQ(rig.refused(idle.inbox), 1U);
    EXPECT_EQ(idle.inbox.try_receive()->size(), 1000U);
    rig.run();
    EXPECT_EQ(idle.inbox.try_receive(), Bytes{"y"});
}

TEST(Box, DropsAsManyOldOnesAsALargeNewOneNeeds) {
    Rig rig;
    auto& idle =
        rig.add<Idle<Bytes>>(axon::InboxOptions{.bytes = 10, .overflow = axon::Overflow::drop_oldest});
    for (const auto* text : {"aaa", "bbb", "ccc", "12345678"}) rig.feed(idle.inbox, Bytes{text});
    EXPECT_EQ(idle.inbox.dropped(), 3U);
    EXPECT_EQ(idle.inbox.try_receive(), Bytes{"12345678"});
}

// A message that may be made from Bytes, and weighs nothing itself.
struct Length {
    explicit Length(const Bytes& bytes) noexcept : length{bytes.size()} {}
    std::size_t length;
};

} // namespace

template <>
struct axon::Sources<Length> {
    using type = axon::MadeFrom<axon::Bytes>;
};

namespace {

TEST(Box, CountsTheBytesOfWhatItKeepsNotOfWhatThatWasMadeFrom) {
    Rig rig;
    auto& from = rig.add<EchoOf<Bytes>>();
    struct Measure final : axon::Sink<Length> {
        Task<> main() override {
            while (auto length = co_await inbox.receive()) sum += length->length;
        }
        std::size_t sum = 0;
    };
    auto& to = rig.add<Measure>();
    to.inbox.set_options({.bytes = 100});
    link(from.outbox, to.inbox);
    for (int i = 0; i < 50; ++i) rig.feed(from.inbox, Bytes{std::string(60, 'x')});
    rig.run();
    EXPECT_EQ(to.sum, 3000U);
    EXPECT_EQ(rig.refused(from.inbox), 0U);
}

TEST(Box, AVariantTakesEachOfItsAlternatives) {
    using Either = std::variant<Bytes, int>;
    Rig rig;
    auto& bytes = rig.add<EchoOf<Bytes>>();
    auto& ints = rig.add<Echo>();
    auto& either = rig.add<EchoOf<Either>>();
    link(bytes.outbox, either.inbox);
    axon::link(ints, "outbox", either, "inbox");
    rig.feed(bytes.inbox, Bytes{"b"});
    rig.run();
    rig.feed(ints.inbox, 7);
    rig.run();
    EXPECT_EQ(rig.sent(either.outbox), (std::vector<Either>{Bytes{"b"}, 7}));
}

TEST(Box, AnUnlinkedOutboxDiscardsAndCountsAndNeverWaits) {
    Rig rig;
    auto& count = rig.add<Count>(0, 1000);
    rig.leave_unlinked(count.outbox);
    rig.run();
    EXPECT_TRUE(rig.ended(count));
    EXPECT_EQ(count.outbox.sent(), 1000U);
    EXPECT_EQ(count.outbox.discarded(), 1000U);
}

TEST(Box, SendingNowhereUsesUpQuotaSoThatOthersHaveTheirTurns) {
    Rig rig{{.quota = 8}};
    auto& for_ever = rig.add<CountForEver>();
    rig.leave_unlinked(for_ever.outbox);
    for (int turns = 1; turns <= 3; ++turns) {
        rig.step();
        EXPECT_EQ(for_ever.outbox.sent(), 8U * static_cast<unsigned>(turns));
    }
    rig.stop(for_ever);
}

TEST(Box, GivesRoomToBlockedSendersInTheOrderInWhichTheyCame) {
    Rig rig;
    auto& idle = rig.add<Idle<int>>(axon::InboxOptions{.capacity = 1});
    std::vector<Count*> senders;
    for (int i = 0; i < 5; ++i) {
        senders.push_back(&rig.add<Count>(i, 1));
        link(senders.back()->outbox, idle.inbox);
        rig.run();
    }
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(idle.inbox.try_receive(), i);
        rig.run();
        EXPECT_TRUE(rig.ended(*senders[static_cast<std::size_t>(i)]));
    }
}

TEST(Box, WhoWillNotWaitIsRefusedWhileOthersWaitForLessRoom) {
    Rig rig;
    auto& idle = rig.add<Idle<Bytes>>(axon::InboxOptions{.bytes = 10});
    auto& blocked = rig.add<EchoOf<Bytes>>();
    link(blocked.outbox, idle.inbox);
    rig.feed(idle.inbox, Bytes{"12345678"});
    rig.feed(blocked.inbox, Bytes{"too long"});
    rig.run();
    rig.feed(idle.inbox, Bytes{"x"}); // would fit, but another was here before
    EXPECT_EQ(rig.refused(idle.inbox), 1U);
    EXPECT_EQ(idle.inbox.try_receive(), Bytes{"12345678"});
    EXPECT_EQ(idle.inbox.try_receive(), Bytes{"too long"});
}

TEST(Box, CountsWhatCameWhatWasTakenAndWhatWasSent) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    for (int i = 0; i < 3; ++i) rig.feed(echo.inbox, i);
    EXPECT_EQ(echo.inbox.received(), 3U);
    EXPECT_EQ(echo.inbox.taken(), 0U);
    rig.run();
    EXPECT_EQ(echo.inbox.received(), 3U);
    EXPECT_EQ(echo.inbox.taken(), 3U);
    EXPECT_EQ(echo.outbox.sent(), 3U);
    EXPECT_EQ(echo.outbox.discarded(), 0U);
}

} // namespace
