#include "axon/params.hpp"

#include <gtest/gtest.h>

namespace {

using namespace axon;
using namespace std::chrono_literals;

enum class Order { listed, shuffle };

struct Params {
    std::string file;
    BitRate bitrate{128'000};
    Order order = Order::listed;
    Duration wait = 2s;
    std::uint16_t port = 80;
    bool loop = false;
    std::optional<ByteSize> limit = std::nullopt;
    std::vector<std::string> command = {};

    static auto fields() {
        return axon::fields(
            field("file", &Params::file, "what to play").required(),
            field("bitrate", &Params::bitrate, "bits per second").range({8'000}, {10'000'000}),
            field("order", &Params::order, "what comes next")
                .words({{"listed", Order::listed}, {"shuffle", Order::shuffle}}),
            field("wait", &Params::wait, "before the first"),
            field("port", &Params::port, "where").range(1, 9999),
            field("loop", &Params::loop, "again and again"), field("limit", &Params::limit, "at most"),
            field("command", &Params::command, "what to run"));
    }
    bool operator==(const Params&) const = default;
};

Setting word(std::string text, Where where = {}) { return Setting::scalar(std::move(text), where); }

struct Parsed {
    std::optional<Params> params;
    std::vector<Complaint> complaints;
};

Parsed parse(const Setting& setting) {
    Complaints complaints;
    auto params = parse_params<Params>(setting, {.name = "Player", .where = {3, 5}}, {}, complaints);
    return {std::move(params), complaints.list()};
}

// The only complaint about { file: f, KEY: value }.
std::string complaint_about(std::string key, Setting value) {
    const auto parsed =
        parse(Setting::map({{"file", {}, word("f")}, {std::move(key), {}, std::move(value)}}, {}));
    EXPECT_FALSE(parsed.params);
    return parsed.complaints.size() == 1 ? parsed.complaints.front().text : "not one complaint";
}

TEST(ParseParams, ReadsEveryKindOfMember) {
    const auto parsed = parse(Setting::map({{"file", {}, word("a.ogg")},
                                            {"bitrate", {}, word("400k")},
                                            {"order", {}, word("shuffle")},
                                            {"wait", {}, word("250ms")},
                                            {"port", {}, word("8000")},
                                            {"loop", {}, word("yes")},
                                            {"limit", {}, word("64KiB")},
                                            {"command", {}, Setting::list({word("cat"), word("-")}, {})}},
                                           {}));
    EXPECT_TRUE(parsed.complaints.empty());
    EXPECT_EQ(parsed.params, (Params{.file = "a.ogg",
                                     .bitrate = {400'000},
                                     .order = Order::shuffle,
                                     .wait = 250ms,
                                     .port = 8000,
                                     .loop = true,
                                     .limit = ByteSize{65536},
                                     .command = {"cat", "-"}}));
}

TEST(ParseParams, KeepsTheDefaultOfWhatIsNotGiven) {
    const auto parsed = parse(Setting::map({{"file", {}, word("a.ogg")}}, {}));
    EXPECT_EQ(parsed.params, Params{.file = "a.ogg"});
}

TEST(ParseParams, TakesAnEmptySettingAsNoneGiven) {
    const auto parsed = parse(Setting{});
    EXPECT_FALSE(parsed.params);
    EXPECT_EQ(parsed.complaints, (std::vector<Complaint>{{{3, 5}, "Player needs \"file\": what to play"}}));
}

TEST(ParseParams, ReportsEverythingThatIsWrongAtItsPlace) {
    const auto parsed = parse(Setting::map({{"wait", {4, 1}, word("long", {4, 7})},
                                            {"bitrat", {5, 1}, word("1", {5, 9})},
                                            {"bitrate", {6, 1}, word("fast", {6, 10})}},
                                           {4, 1}));
    EXPECT_FALSE(parsed.params);
    EXPECT_EQ(parsed.complaints,
              (std::vector<Complaint>{
                  {{3, 5}, "Player needs \"file\": what to play"},
                  {{4, 7}, "wait: expected a duration such as 250ms, 2s or 5m, found \"long\""},
                  {{5, 1}, "unknown key \"bitrat\" in Player; did you mean \"bitrate\"?"},
                  {{6, 10}, "bitrate: expected a rate such as 128k between 8k and 10M, found \"fast\""}}));
}

TEST(ParseParams, HoldsARangeWithBothEnds) {
    constexpr auto expected = "bitrate: expected a rate such as 128k between 8k and 10M, found ";
    EXPECT_EQ(complaint_about("bitrate", word("7999")), expected + std::string{"\"7999\""});
    EXPECT_EQ(complaint_about("bitrate", word("10000001")), expected + std::string{"\"10000001\""});
    EXPECT_EQ(complaint_about("bitrate", Setting{}), expected + std::string{"nothing"});
    EXPECT_TRUE(parse(Setting::map({{"file", {}, word("f")}, {"bitrate", {}, word("8k")}}, {})).params);
    EXPECT_TRUE(parse(Setting::map({{"file", {}, word("f")}, {"bitrate", {}, word("10M")}}, {})).params);
}

TEST(ParseParams, NamesTheWordsOfAnEnumeration) {
    EXPECT_EQ(complaint_about("order", word("shufle")),
              "order: expected listed or shuffle, found \"shufle\"; did you mean \"shuffle\"?");
    EXPECT_EQ(complaint_about("order", word("x")), "order: expected listed or shuffle, found \"x\"");
    EXPECT_EQ(complaint_about("order", Setting::list({}, {})),
              "order: expected listed or shuffle, found a list");
}

enum class Mode { steady, whole };

struct Governed {
    Mode mode = Mode::whole;
    BitRate rate{1'000};

    static auto fields() {
        return axon::fields(
            field("mode", &Governed::mode, "how").words({{"steady", Mode::steady}, {"whole", Mode::whole}}),
            field("rate", &Governed::rate, "how fast").only_with("mode", {"steady"}));
    }
    bool operator==(const Governed&) const = default;
};

std::vector<Complaint> complaints_about_governed(Setting::Map map) {
    Complaints complaints;
    const auto params =
        parse_params<Governed>(Setting::map(std::move(map), {}), {.name = "G", .where = {}}, {}, complaints);
    EXPECT_EQ(params.has_value(), complaints.empty());
    return complaints.list();
}

TEST(ParseParams, RefusesWhatWouldHaveNoEffect) {
    const Setting::Entry rate{"rate", {7, 3}, word("8k")};
    EXPECT_EQ(complaints_about_governed({rate}),
              (std::vector<Complaint>{
                  {{7, 3}, "rate: has no effect with mode: whole, the default; expected mode: steady"}}));
    EXPECT_EQ(
        complaints_about_governed({{"mode", {}, word("whole")}, rate}),
        (std::vector<Complaint>{{{7, 3}, "rate: has no effect with mode: whole; expected mode: steady"}}));
    EXPECT_TRUE(complaints_about_governed({{"mode", {}, word("steady")}, rate}).empty());
    EXPECT_TRUE(complaints_about_governed({{"mode", {}, word("whole")}}).empty());
    EXPECT_EQ(complaints_about_governed({{"mode", {}, word("stead")}, rate}).size(), 1U)
        << "nobody knows which mode was meant";
}

TEST(ParseParams, DoesNotMissWhatIsMisspelt) {
    const auto parsed = parse(Setting::map({{"fiel", {5, 1}, word("a.ogg")}}, {4, 1}));
    EXPECT_FALSE(parsed.params);
    EXPECT_EQ(parsed.complaints,
              (std::vector<Complaint>{{{5, 1}, "unknown key \"fiel\" in Player; did you mean \"file\"?"}}));
}

TEST(ParseParams, NamesTheItemOfAListThatIsWrong) {
    EXPECT_EQ(complaint_about("command", Setting::list({word("a"), Setting{}}, {})),
              "command 2: expected text, found nothing");
    EXPECT_EQ(complaint_about("command", word("a")), "command: expected a list of text, found \"a\"");
}

TEST(ParseParams, TakesAnEmptyOptionalAsLeftOut) {
    const auto parsed = parse(Setting::map({{"file", {}, word("f")}, {"limit", {}, Setting{}}}, {}));
    EXPECT_EQ(parsed.params, Params{.file = "f"});
    EXPECT_EQ(complaint_about("limit", word("big")),
              "limit: expected a size such as 64KiB or 10MB, found \"big\"");
}

TEST(ParseParams, SaysOnceThatParametersAreAMap) {
    const auto parsed = parse(word("a.ogg", {3, 13}));
    EXPECT_FALSE(parsed.params);
    EXPECT_EQ(parsed.complaints,
              (std::vector<Complaint>{{{3, 13}, "Player: expected a map, found \"a.ogg\""}}));
}

TEST(ParseParams, GivesNothingButDoesNotRepeatWhatIsFaultyAlready) {
    EXPECT_FALSE(parse(Setting::faulty({})).params);
    EXPECT_TRUE(parse(Setting::faulty({})).complaints.empty());
    for (const auto* key : {"file", "bitrate", "order", "limit", "command"}) {
        auto map = Setting::map({{key, {}, Setting::faulty({})}}, {});
        if (!map.find("file")) map.entries().push_back({"file", {}, word("f")});
        EXPECT_FALSE(parse(map).params) << key;
        EXPECT_TRUE(parse(map).complaints.empty()) << key;
    }
}

struct PathParams {
    MediaPath file;
    MediaPath silence{"silence.ogg"};
    MediaDirectory root;
    ConfigPath password;
    std::vector<MediaPath> more;
    std::optional<ConfigPath> key;

    static auto fields() {
        return axon::fields(field("file", &PathParams::file, ""), field("silence", &PathParams::silence, ""),
                            field("root", &PathParams::root, ""),
                            field("password", &PathParams::password, ""),
                            field("more", &PathParams::more, ""), field("key", &PathParams::key, ""));
    }
    bool operator==(const PathParams&) const = default;
};

std::optional<PathParams> parse_paths(Setting::Map entries) {
    Complaints complaints;
    const ParamContext context{.media = "/media", .config_directory = "/etc/kamaelia"};
    return parse_params<PathParams>(Setting::map(std::move(entries), {}), {"Player", {}}, context,
                                    complaints);
}

TEST(ParseParams, ResolvesRelativeFileNames) {
    const auto params = parse_paths({{"file", {}, word("a/./b.ogg")},
                                     {"root", {}, word("jazz")},
                                     {"password", {}, word("live.password")},
                                     {"more", {}, Setting::list({word("c.ogg"), word("/d.ogg")}, {})},
                                     {"key", {}, word("k.pem")}});
    ASSERT_TRUE(params);
    EXPECT_EQ(params->file.path, "/media/a/b.ogg");
    EXPECT_EQ(params->root.path, "/media/jazz");
    EXPECT_EQ(params->password.path, "/etc/kamaelia/live.password");
    EXPECT_EQ(params->more, (std::vector{MediaPath{"/media/c.ogg"}, MediaPath{"/d.ogg"}}));
    EXPECT_EQ(params->key->path, "/etc/kamaelia/k.pem");
}

TEST(ParseParams, ResolvesDefaultFileNamesToo) {
    const auto params = parse_paths({});
    ASSERT_TRUE(params);
    EXPECT_EQ(params->silence.path, "/media/silence.ogg");
    EXPECT_EQ(params->root.path, "/media");
    EXPECT_EQ(params->file.path, "");
    EXPECT_EQ(params->key, std::nullopt);
}

TEST(ParseParams, RefusesAFileNameThatCannotBeOne) {
    EXPECT_FALSE(parse_paths({{"file", {}, word("")}}));
    EXPECT_FALSE(parse_paths({{"file", {}, word(std::string{"a\0b", 3})}}));
    EXPECT_FALSE(parse_paths({{"root", {}, word("")}}));
    EXPECT_FALSE(parse_paths({{"password", {}, word("")}}));
}

TEST(DescribeParams, ShowsTypesDefaultsAndLimits) {
    EXPECT_EQ(
        describe_params<Params>(),
        (std::vector<FieldInfo>{
            {"file", "text", "", "", true, "what to play"},
            {"bitrate", "rate", "128k", "8k to 10M", false, "bits per second"},
            {"order", "word", "listed", "listed, shuffle", false, "what comes next", {"listed", "shuffle"}},
            {"wait", "duration", "2s", "", false, "before the first"},
            {"port", "whole number", "80", "1 to 9999", false, "where"},
            {"loop", "yes or no", "no", "", false, "again and again"},
            {"limit", "size", "none", "", false, "at most"},
            {"command", "list of text", "[]", "", false, "what to run"},
        }));
}

TEST(DescribeParams, ShowsFileNamesAsTheyAreWritten) {
    const auto fields = describe_params<PathParams>();
    EXPECT_EQ(fields[0].default_text, "\"\"");
    EXPECT_EQ(fields[1].default_text, "silence.ogg");
    EXPECT_EQ(fields[2].default_text, "media");
}

struct Colour {
    int rgb = 0;
    bool operator==(const Colour&) const = default;
};

struct ColourParams {
    Colour colour{0xFF};
    static auto fields();
    bool operator==(const ColourParams&) const = default;
};

} // namespace

template <>
struct axon::SettingReader<Colour> {
    static std::string type() { return "colour"; }
    static std::string expected() { return "red or blue"; }
    static std::expected<Colour, std::string> parse(std::string_view text) {
        if (text == "red") return Colour{0xFF0000};
        return std::unexpected{"expected red or blue"};
    }
    static std::string show(const Colour&) { return "blue"; }
};

namespace {

auto ColourParams::fields() { return axon::fields(field("colour", &ColourParams::colour, "of the wall")); }

TEST(ParseParams, LearnsNewKindsOfValueFromASettingReader) {
    Complaints complaints;
    const auto params =
        parse_params<ColourParams>(Setting::map({{"colour", {}, word("red")}}, {}), {}, {}, complaints);
    EXPECT_EQ(params, ColourParams{{0xFF0000}});
    EXPECT_EQ(describe_params<ColourParams>()[0].default_text, "blue");
}

} // namespace
