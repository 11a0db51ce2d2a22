#include "axon/registry.hpp"

#include "axon/outbox.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using namespace axon;

class Idle : public Component {
    Task<> main() override { co_return; }
};

class Echo final : public Idle {};

class Greeter final : public Idle {
public:
    struct Params {
        std::string greeting = "hello";
        int times = 1;

        static auto fields() {
            return axon::fields(field("greeting", &Params::greeting, "what to say"),
                                field("times", &Params::times, "how often").range(1, 9));
        }
        bool operator==(const Params&) const = default;
    };

    explicit Greeter(Params params) : params{std::move(params)} {}
    const Params params;
    Outbox<std::string> outbox{*this, "outbox"};
};

class Twice final : public Idle {
public:
    struct Params {
        int a = 0;
        static auto fields() { return axon::fields(field("a", &Params::a, ""), field("a", &Params::a, "")); }
        bool operator==(const Params&) const = default;
    };
    explicit Twice(const Params&) {}
};

Registry sample() {
    Registry registry;
    registry.add<Greeter>("Greeter", "says hello");
    registry.add<Echo>("Echo", "sends back what it hears");
    return registry;
}

Setting greeter_params(std::string times, Where where = {}) {
    return Setting::map({{"times", where, Setting::scalar(std::move(times), where)}}, where);
}

std::optional<Blueprint> parse(std::string_view kind, const Setting& params, Complaints& complaints) {
    return sample().find(kind)->parse(params, {2, 3}, {}, complaints);
}

Blueprint parse(std::string_view kind, const Setting& params) {
    Complaints complaints;
    return parse(kind, params, complaints).value();
}

TEST(Registry, ListsItsKindsByName) {
    const auto registry = sample();
    ASSERT_EQ(registry.kinds().size(), 2U);
    EXPECT_EQ(registry.kinds()[0].name(), "Echo");
    EXPECT_EQ(registry.kinds()[0].summary(), "sends back what it hears");
    EXPECT_TRUE(registry.kinds()[0].fields().empty());
    EXPECT_EQ(registry.kinds()[1].name(), "Greeter");
    EXPECT_EQ(registry.kinds()[1].fields()[1].limits, "1 to 9");
}

TEST(Registry, FindsByNameAndSuggestsTheNearest) {
    const auto registry = sample();
    EXPECT_EQ(registry.find("Greeter")->name(), "Greeter");
    EXPECT_EQ(registry.find("greeter"), nullptr);
    EXPECT_EQ(registry.find("Zebra"), nullptr);
    EXPECT_EQ(registry.suggest("Ehco"), "Echo");
    EXPECT_EQ(registry.suggest("Zebra"), std::nullopt);
}

TEST(Registry, RefusesANameTwice) {
    auto registry = sample();
    EXPECT_THROW(registry.add<Echo>("Greeter", "another"), std::logic_error);
    EXPECT_EQ(registry.kinds().size(), 2U);
}

TEST(Registry, RefusesTwoParametersOfOneName) {
    Registry registry;
    EXPECT_THROW(registry.add<Twice>("Twice", ""), std::logic_error);
    EXPECT_TRUE(registry.kinds().empty());
}

TEST(Blueprint, BuildsAsManyComponentsAsWantedEachWithItsParameters) {
    const auto blueprint = parse("Greeter", greeter_params("3"));
    const auto one = blueprint.build();
    const auto two = blueprint.build();
    EXPECT_NE(one.get(), two.get());
    for (const auto* component : {one.get(), two.get()}) {
        const auto* greeter = dynamic_cast<const Greeter*>(component);
        ASSERT_NE(greeter, nullptr);
        EXPECT_EQ(greeter->params, (Greeter::Params{.greeting = "hello", .times = 3}));
    }
}

TEST(Blueprint, BuildsAComponentWithoutParameters) {
    const auto component = parse("Echo", Setting{}).build();
    EXPECT_NE(dynamic_cast<const Echo*>(component.get()), nullptr);
}

TEST(Blueprint, OutlivesTheRegistry) {
    auto blueprint = [] {
        const auto registry = sample();
        Complaints complaints;
        return registry.find("Greeter")->parse(greeter_params("2"), {}, {}, complaints).value();
    }();
    EXPECT_EQ(blueprint.kind(), "Greeter");
    EXPECT_NE(blueprint.build(), nullptr);
    EXPECT_EQ(blueprint.params<Greeter::Params>()->times, 2);
    EXPECT_EQ(blueprint.params<int>(), nullptr);
}

TEST(Blueprint, IsEqualToOneOfTheSameKindWithEqualParameters) {
    const auto three = parse("Greeter", greeter_params("3", {1, 1}));
    EXPECT_EQ(three, parse("Greeter", greeter_params("3", {9, 9})));
    EXPECT_NE(three, parse("Greeter", greeter_params("4")));
    EXPECT_NE(three, parse("Echo", Setting{}));
    EXPECT_EQ(parse("Echo", Setting{}), parse("Echo", Setting::map({}, {})));
    EXPECT_NE(Blueprint::of<Echo>("A"), Blueprint::of<Echo>("B"));
}

TEST(Kind, ComplainsOfWrongParametersInItsName) {
    Complaints complaints;
    EXPECT_FALSE(parse("Greeter", Setting::map({{"tims", {4, 5}, Setting{}}}, {4, 5}), complaints));
    EXPECT_FALSE(parse("Echo", greeter_params("1", {5, 5}), complaints));
    EXPECT_FALSE(parse("Echo", Setting::scalar("loud", {6, 5}), complaints));
    EXPECT_EQ(complaints.list(),
              (std::vector<Complaint>{{{4, 5}, "unknown key \"tims\" in Greeter; did you mean \"times\"?"},
                                      {{5, 5}, "unknown key \"times\" in Echo, which takes none"},
                                      {{6, 5}, "Echo: expected a map, found \"loud\""}}));
}

TEST(Kind, MakesASpecimenToLookAt) {
    const auto registry = sample();
    const auto component = registry.find("Greeter")->specimen();
    ASSERT_NE(dynamic_cast<const Greeter*>(component.get()), nullptr);
    EXPECT_NE(component->find_box("outbox"), nullptr);
}

} // namespace
