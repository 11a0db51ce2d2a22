// What the original's tests of its tracker assert, row by row, as we hold it.
#include "axon/cat.hpp"
#include "axon/value.hpp"

#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"
#include "tests/axon/refusal.hpp"

#include <type_traits>

namespace {

using namespace parts;
using axon::Cat;
using axon::CatError;
using axon::InboxBase;
using axon::NoSuchService;
using axon::Reading;
using axon::Value;
using axon::testing::Rig;

using Text = Value<std::string>;

TEST(Cat, CA1_ANewOneHasNoServicesNoValuesAndNoScopeAround) {
    Cat cat;
    EXPECT_TRUE(cat.services().empty());
    EXPECT_TRUE(cat.values().names().empty());
    EXPECT_TRUE(cat.keys().names().empty());
    EXPECT_EQ(cat.outer(), nullptr);
}

TEST(Cat, CA2_KeepsTheScopeAroundItAndNothingElseCanBeOne) {
    Cat outer;
    Cat inner{outer};
    EXPECT_EQ(inner.outer(), &outer);
    static_assert(!std::is_constructible_v<Cat, int> && !std::is_constructible_v<Cat, Cat*> &&
                  !std::is_constructible_v<Cat, const Cat&> && !std::is_constructible_v<Cat, InboxBase&>);
}

TEST(Cat, CA3_AnOfferedServiceIsListed) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    Cat cat;
    cat.offer("echo", echo.inbox);
    EXPECT_EQ(cat.services(), Strings{"echo"});
}

TEST(Cat, CA4_TheSameNameAgainIsRefused) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    auto& other = rig.add<Echo>();
    Cat cat;
    cat.offer("echo", echo.inbox);
    EXPECT_THROW(cat.offer("echo", other.inbox), CatError);
    EXPECT_THROW(cat.offer("echo", echo.inbox), CatError) << "with equal arguments too";
    EXPECT_EQ(cat.find("echo"), &echo.inbox);
    EXPECT_EQ(cat.services(), Strings{"echo"});
}

TEST(Cat, CA5_WhatIsNoComponentOrHasNoSuchInboxIsRefusedDifferently) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    Cat cat;
    const auto offer = [&](auto& component, const char* inbox)
        requires requires { cat.offer("echo", component, inbox); }
    { return refusal<CatError>([&] { cat.offer("echo", component, inbox); }); };
    static_assert(std::is_invocable_v<decltype(offer), Echo&, const char*>);
    static_assert(!std::is_invocable_v<decltype(offer), std::string&, const char*>, "does not compile");
    EXPECT_EQ(offer(echo, "none"),
              "/EchoOf has no inbox \"none\" to offer as service \"echo\"; expected inbox");
    EXPECT_EQ(offer(echo, "outbox"), "/EchoOf.outbox is an outbox and cannot be offered as service \"echo\"");
    rig.stop(echo);
    EXPECT_EQ(offer(echo, "inbox"), "service \"echo\" cannot be offered by /EchoOf, which has ended");
    EXPECT_TRUE(cat.services().empty());
}

TEST(Cat, CA6_FindsTheInboxAndItsComponent) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    Cat cat;
    cat.offer("echo", echo, "inbox");
    EXPECT_EQ(&cat.service("echo"), &echo.inbox);
    EXPECT_EQ(&cat.service("echo").owner(), &echo);
    EXPECT_EQ(cat.service("echo").name(), "inbox");
}

TEST(Cat, CA7_AnUnknownNameIsAnError) {
    Cat cat;
    EXPECT_THROW((void)cat.service("nothing"), NoSuchService);
    EXPECT_EQ(cat.find("nothing"), nullptr);
}

TEST(Cat, CA8_AWithdrawnServiceIsGoneAndToWithdrawAnUnknownOneIsAnError) {
    Rig rig;
    auto& echo = rig.add<Echo>();
    Cat cat;
    cat.offer("echo", echo.inbox);
    cat.withdraw("echo");
    EXPECT_TRUE(cat.services().empty());
    EXPECT_THROW(cat.withdraw("echo"), NoSuchService);
}

TEST(Cat, CA9_ADeclaredValueIsListedAndReadable) {
    Cat cat;
    Text title{cat, {.name = "title", .help = "What plays."}};
    title.set("Ode");
    EXPECT_EQ(cat.values().names(), Strings{"title"});
    EXPECT_EQ(cat.values().read("title"), Reading{"Ode"});
}

// Ours: numbers of one name add up, because every worker counts for itself; what cannot is refused.
TEST(Cat, CA10_TheSameNameAgainIsRefusedUnlessItAddsUp) {
    Cat cat;
    const Text title{cat, {.name = "title", .help = ""}};
    EXPECT_THROW(Text(cat, {.name = "title", .help = ""}), CatError);
    Value<std::uint64_t> bytes{cat, {.name = "bytes_total", .help = ""}};
    EXPECT_THROW(Value<std::uint64_t>(cat, {.name = "bytes_total", .help = "Bytes."}), CatError);
    Value<std::uint64_t> more{cat, {.name = "bytes_total", .help = ""}};
    bytes += 1;
    more += 2;
    EXPECT_EQ(cat.values().read("bytes_total"), Reading{std::uint64_t{3}});
    EXPECT_EQ(cat.values().names(), (Strings{"bytes_total", "title"}));
}

TEST(Cat, CA11_ToReadAnUndeclaredValueIsAnError) {
    Cat cat;
    EXPECT_THROW((void)cat.values().read("title"), CatError);
}

// Ours: only who has declared a value has something to set.
TEST(Cat, CA12_SettingChangesAValueAndAnUndeclaredOneCannotBeSet) {
    Cat cat;
    Text title{cat, {.name = "title", .help = ""}};
    title.set("Ode");
    title.set("Elegy");
    EXPECT_EQ(cat.values().read("title"), Reading{"Elegy"});
    static_assert(!std::is_default_constructible_v<Text> && !std::is_copy_constructible_v<Text>);
}

TEST(Cat, CA13_AllDeclaredNamesAreListed) {
    Cat cat;
    const Text title{cat, {.name = "title", .help = ""}};
    const Value<std::uint64_t> bytes{cat, {.name = "bytes_total", .help = ""}};
    const Value<double> load{cat, {.name = "load", .help = "", .kind = axon::ValueKind::gauge}};
    EXPECT_EQ(cat.values().names(), (Strings{"bytes_total", "load", "title"}));
}

} // namespace
