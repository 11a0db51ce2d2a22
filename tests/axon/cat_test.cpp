// The tracker: services by name.
#include "axon/cat.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"
#include "tests/axon/refusal.hpp"

namespace {

using namespace parts;
using axon::Cat;
using axon::CatError;
using axon::LinkError;
using axon::NoSuchService;
using axon::Task;
using axon::testing::Rig;

TEST(Cat, LeadsAnOutboxToAServiceByItsName) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& from = rig.add<Count>(0, 3);
    auto& cat = rig.scheduler().cat();
    cat.offer("sums", collect.inbox);
    EXPECT_EQ(cat.find("sums"), &collect.inbox);
    cat.link("sums", from.outbox);
    rig.run();
    EXPECT_EQ(collect.heard, counting(0, 3));
}

TEST(Cat, SaysWhoHasTheNameAlready) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& texts = rig.add<EchoOf<std::string>>();
    auto& cat = rig.scheduler().cat();
    cat.offer("sums", collect.inbox);
    EXPECT_EQ(refusal<CatError>([&] { cat.offer("sums", texts.inbox); }),
              "service \"sums\" is offered already, by /Collect");
}

TEST(Cat, SaysWhichNameIsNearAndWhichThereAre) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& from = rig.add<Count>(0, 3);
    auto& cat = rig.scheduler().cat();
    EXPECT_EQ(refusal<NoSuchService>([&] { cat.link("sums", from.outbox); }), "no service \"sums\"");
    rig.system().cat().offer("sums", collect.inbox);
    cat.offer("log", collect.inbox);
    EXPECT_EQ(refusal<NoSuchService>([&] { cat.link("smus", from.outbox); }),
              "no service \"smus\"; did you mean \"sums\"?");
    EXPECT_EQ(refusal<NoSuchService>([&] { (void)cat.service("selector"); }),
              "no service \"selector\"; expected log or sums");
    EXPECT_EQ(cat.find("smus"), nullptr);
}

TEST(Cat, SaysWhatAServiceTakesWhoOffersItAndWhatWasSent) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& numbers = rig.add<EchoOf<double>>();
    auto& cat = rig.scheduler().cat();
    cat.offer("sums", collect.inbox);
    EXPECT_EQ(refusal<LinkError>([&] { cat.link("sums", numbers.outbox); }),
              "service \"sums\" takes int and is offered by /Collect.inbox; /EchoOf.outbox sends double");
    EXPECT_EQ(refusal<LinkError>([&] { (void)cat.service<double>("sums"); }),
              "service \"sums\" takes int and is offered by /Collect.inbox; asked for with double");
    EXPECT_EQ(&cat.service<int>("sums"), &collect.inbox);
}

TEST(Cat, AServiceTakesWhatItsMessagesAreMadeFromWithoutLoss) {
    using Either = std::variant<int, std::string>;
    Rig rig;
    auto& either = rig.add<Idle<Either>>();
    auto& from = rig.add<Count>(7, 1);
    rig.scheduler().cat().offer("either", either.inbox);
    rig.scheduler().cat().link("either", from.outbox);
    rig.run();
    EXPECT_EQ(either.inbox.try_receive(), Either{7});
}

TEST(Cat, OffersAnInboxByItsName) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    auto& cat = rig.scheduler().cat();
    cat.offer("echo", echo, "inbox");
    EXPECT_EQ(cat.find("echo"), &echo.inbox);
    EXPECT_EQ(refusal<CatError>([&] { cat.offer("other", echo, "inbax"); }),
              "/EchoOf has no inbox \"inbax\" to offer as service \"other\"; did you mean \"inbox\"?");
    EXPECT_EQ(refusal<CatError>([&] { cat.offer("other", echo, "outbox"); }),
              "/EchoOf.outbox is an outbox and cannot be offered as service \"other\"");
}

TEST(Cat, WithdrawsOneNameOrAllOfAnInbox) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& other = rig.add<Collect>();
    Cat outer;
    Cat inner{outer};
    outer.offer("sums", collect.inbox);
    outer.offer("others", other.inbox);
    inner.offer("a", collect.inbox);
    inner.offer("b", collect.inbox);
    inner.withdraw("a");
    EXPECT_EQ(inner.services(), Strings{"b"});
    EXPECT_THROW(inner.withdraw("sums"), NoSuchService) << "offered further out";
    Cat::withdraw(collect.inbox);
    EXPECT_EQ(inner.services(), Strings{});
    EXPECT_EQ(outer.services(), Strings{"others"});
}

TEST(CatDeathTest, AskedForInAConstructorIsABrokenInvariant) {
    struct TooEarly final : axon::Sink<int> {
        TooEarly() { cat().offer("sums", inbox); } // it has no scheduler yet
        Task<> main() override { return {}; }
    };
#ifdef AXON_DEV
    EXPECT_DEATH(TooEarly{}, "check failed: scheduler_");
#else
    EXPECT_THROW(TooEarly{}, axon::CheckFailed);
#endif
}

} // namespace
