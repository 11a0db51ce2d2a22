// The tracker: services by name.
#include "axon/cat.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

namespace {

using namespace parts;
using axon::Cat;
using axon::CatError;
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

TEST(Cat, RefusesATakenNameAnUnknownOneAndTypesThatDoNotFit) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& texts = rig.add<EchoOf<std::string>>();
    auto& cat = rig.scheduler().cat();
    cat.offer("sums", collect.inbox);
    try {
        cat.offer("sums", texts.inbox);
        FAIL() << "the name is taken";
    } catch (const CatError& error) {
        EXPECT_STREQ(error.what(), "service \"sums\" is offered already, by /Collect");
    }
    EXPECT_THROW(cat.link("nothing", texts.outbox), CatError);
    EXPECT_THROW(cat.link("sums", texts.outbox), axon::LinkError);
    EXPECT_EQ(cat.find("nothing"), nullptr);
}

TEST(Cat, LooksOutward) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    auto& other = rig.add<Collect>();
    Cat outer;
    Cat inner{&outer};
    outer.offer("sums", collect.inbox);
    EXPECT_EQ(inner.find("sums"), &collect.inbox);
    inner.offer("sums", other.inbox);
    EXPECT_EQ(inner.find("sums"), &other.inbox) << "the nearer one";
    EXPECT_EQ(outer.find("sums"), &collect.inbox);
    inner.withdraw(other.inbox);
    EXPECT_EQ(inner.find("sums"), &collect.inbox);
    inner.withdraw(collect.inbox);
    EXPECT_EQ(outer.find("sums"), nullptr);
}

TEST(Cat, AServiceIsWithdrawnWhenItsOwnerEndsAndMayBeOfferedAgain) {
    struct Service final : axon::Sink<int> {
        Task<> main() override {
            cat().offer("service", inbox);
            while (co_await inbox.receive()) {
            }
        }
    };
    Rig rig;
    for (int round = 0; round < 2; ++round) {
        auto& service = rig.add<Service>();
        rig.run();
        EXPECT_EQ(rig.scheduler().cat().find("service"), &service.inbox);
        rig.stop(service);
        EXPECT_EQ(rig.scheduler().cat().find("service"), nullptr);
    }
}

TEST(Cat, ASystemsServicesAreFoundFromItsScheduler) {
    Rig rig;
    auto& collect = rig.add<Collect>();
    rig.system().cat().offer("sums", collect.inbox);
    EXPECT_EQ(rig.scheduler().cat().find("sums"), &collect.inbox);
    rig.stop(collect);
    EXPECT_EQ(rig.system().cat().find("sums"), nullptr);
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
