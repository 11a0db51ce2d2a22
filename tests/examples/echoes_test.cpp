// The paper's Echo in three styles: whoever is linked to it cannot tell which it is.
#include "axon/testing/rig.hpp"
#include "tests/examples/modern_echo.hpp"
#include "tests/examples/pausing_echo.hpp"
#include "tests/examples/stepped_echo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace {

using axon::Bytes;
using axon::testing::Rig;
using ::testing::ElementsAre;

template <class T>
struct Echoes : ::testing::Test {};
using Styles = ::testing::Types<examples::ModernEcho, examples::PausingEcho, examples::SteppedEcho>;
TYPED_TEST_SUITE(Echoes, Styles);

TYPED_TEST(Echoes, SendBackWhatTheyHearAndEndWithTheirInput) {
    Rig rig;
    auto& echo = rig.add<TypeParam>();
    rig.run();
    rig.feed(echo.inbox, Bytes{"to be"});
    rig.feed(echo.inbox, Bytes{"or not"});
    rig.run();
    EXPECT_THAT(rig.sent(echo.outbox), ElementsAre(Bytes{"to be"}, Bytes{"or not"}));
    rig.feed(echo.inbox, Bytes{"to be"});
    rig.end(echo.inbox);
    rig.run();
    EXPECT_THAT(rig.sent(echo.outbox), ElementsAre(Bytes{"to be"}));
    EXPECT_TRUE(rig.ended(echo));
}

TYPED_TEST(Echoes, HaveWhatCameBeforeAShutdownBehindThem) {
    Rig rig;
    auto& echo = rig.add<TypeParam>();
    rig.run();
    rig.feed(echo.inbox, Bytes{"to be"});
    rig.feed(echo.inbox, Bytes{"or not"});
    rig.shut_down(echo);
    rig.run();
    EXPECT_THAT(rig.sent(echo.outbox), ElementsAre(Bytes{"to be"}, Bytes{"or not"}));
    EXPECT_TRUE(rig.ended(echo));
}

TYPED_TEST(Echoes, LoseNothingToASlowReader) {
    struct Reader final : axon::Sink<Bytes> {
        Reader() { inbox.set_options({.capacity = 1}); }
        axon::Task<> main() override {
            while (auto data = co_await inbox.receive()) {
                heard += data->view();
                for (int turn = 0; turn < 10; ++turn) co_await yield();
            }
        }
        std::string heard;
    };
    Rig rig;
    auto& echo = rig.add<TypeParam>();
    auto& reader = rig.add<Reader>();
    link(echo.outbox, reader.inbox);
    for (const char letter : std::string{"abcdefghij"}) rig.feed(echo.inbox, Bytes{std::string(1, letter)});
    rig.end(echo.inbox);
    rig.run();
    EXPECT_EQ(reader.heard, "abcdefghij");
    EXPECT_TRUE(rig.ended(echo));
}

} // namespace
