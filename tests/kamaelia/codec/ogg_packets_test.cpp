#include "kamaelia/codec/ogg_packets.hpp"

#include "tests/kamaelia/codec/ogg_builder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

using namespace kamaelia;
using namespace kamaelia::testing;

// Every event in a word: [vorbis 1], a packet's text up to 20 bytes, * in front after a gap, =N with its
// granule, and END.
class Listing {
public:
    explicit Listing(std::size_t limit = OggPackets::usual_limit) : packets{limit} {}

    void add(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto front = look_for_ogg_page(bytes);
            if (front.kind == OggFront::Kind::incomplete) return;
            if (front.kind == OggFront::Kind::page) {
                packets.add(front.page);
                take();
            }
            bytes.remove_prefix(front.size);
        }
    }

    OggPackets packets;
    std::string text;
    std::vector<OggLink> links;
    std::size_t most_held = 0;

private:
    void take() {
        while (auto event = packets.next()) {
            most_held = std::max(most_held, packets.held());
            if (!text.empty()) text += ' ';
            if (auto* link = std::get_if<OggLink>(&*event)) {
                text += (link->codec == OggCodec::vorbis ? "[vorbis " : "[opus ") +
                        std::to_string(link->serial) + ']';
                links.push_back(std::move(*link));
            } else if (const auto* packet = std::get_if<OggPacket>(&*event)) {
                text += (packet->gap ? "*" : "") + std::string{packet->data.substr(0, 20)};
                if (packet->granule) text += '=' + std::to_string(*packet->granule);
            } else {
                text += "END";
            }
        }
        most_held = std::max(most_held, packets.held());
    }
};

const std::string setup = std::string{"\x05vorbis", 7} + std::string(3000, 's');

// Pages 0 and 1, or more where the comments are many.
std::string head(std::uint32_t serial = 1) {
    return raw_page({.serial = serial, .first = true}, {vorbis_head()}) +
           raw_page({.serial = serial, .sequence = 1}, {vorbis_comments({"TITLE=T"}), setup});
}

std::string audio(std::uint32_t sequence, const std::vector<std::string>& packets, std::int64_t granule,
                  bool last = false, std::uint32_t serial = 1) {
    return raw_page({.serial = serial, .sequence = sequence, .granule = granule, .last = last}, packets);
}

std::string begun(std::uint32_t sequence, const std::vector<std::string>& packets, std::int64_t granule = -1,
                  bool continued = false) {
    return raw_page({.sequence = sequence, .granule = granule, .continued = continued}, packets, true);
}

std::string ended(std::uint32_t sequence, const std::vector<std::string>& packets, std::int64_t granule) {
    return raw_page({.sequence = sequence, .granule = granule, .continued = true}, packets);
}

std::string listing(const std::string& file, std::size_t limit = OggPackets::usual_limit) {
    Listing all{limit};
    all.add(file);
    return all.text;
}

TEST(OggPackets, AreHeadersThenAudio) {
    Listing all;
    all.add(head() + audio(2, {"a", "b"}, 20) + audio(3, {"c"}, 30) + audio(4, {"d"}, 35, true));
    EXPECT_EQ(all.text, "[vorbis 1] a b=20 c=30 d=35 END");
    ASSERT_EQ(all.links.size(), 1U);
    EXPECT_EQ(all.links[0],
              (OggLink{OggCodec::vorbis, 1, vorbis_head(), vorbis_comments({"TITLE=T"}), setup}));
}

TEST(OggPackets, AreThoseOfOpus) {
    const std::string tags = "OpusTags" + comment_block({});
    Listing all;
    all.add(raw_page({.first = true}, {opus_head()}) + raw_page({.sequence = 1}, {tags}) +
            audio(2,
                  {"\xFC"
                   "1"},
                  960));
    EXPECT_EQ(all.text, "[opus 1] \xFC"
                        "1=960");
    EXPECT_EQ(all.links[0], (OggLink{OggCodec::opus, 1, opus_head(), tags, ""}));
}

TEST(OggPackets, GoOnOverPages) {
    const std::string half(255, 'x');
    EXPECT_EQ(listing(head() + begun(2, {"a", half}, 10) + ended(3, {"yz", "b"}, 30)),
              "[vorbis 1] a=10 xxxxxxxxxxxxxxxxxxxx b=30");
    // Over pages on which nothing ends, and ending with a piece of no bytes.
    EXPECT_EQ(listing(head() + begun(2, {half}) + begun(3, {half}, -1, true) + ended(4, {""}, 30)),
              "[vorbis 1] xxxxxxxxxxxxxxxxxxxx=30");
    Listing all;
    all.packets.jump(1);
    const auto first = begun(0, {half});
    const auto second = ended(1, {"end"}, 5);
    all.packets.add(look_for_ogg_page(first).page);
    EXPECT_FALSE(all.packets.next());
    all.packets.add(look_for_ogg_page(second).page);
    const auto event = all.packets.next();
    ASSERT_TRUE(event);
    EXPECT_EQ(std::get<OggPacket>(*event).data, half + "end");
    EXPECT_GT(all.packets.held(), 0U);
    EXPECT_FALSE(all.packets.next());
    EXPECT_EQ(all.packets.held(), 0U); // idle, it has no buffer
}

TEST(OggPackets, AreViewsOfTheirPage) {
    Listing all;
    all.packets.jump(1);
    const auto page = audio(5, {"one", "two"}, 5);
    all.packets.add(look_for_ogg_page(page).page);
    for (const std::size_t at : {page.size() - 6, page.size() - 3}) {
        const auto event = all.packets.next();
        ASSERT_TRUE(event);
        EXPECT_EQ(std::get<OggPacket>(*event).data.data(), page.data() + at);
    }
}

TEST(OggPackets, ThatLostAPieceAreDroppedWhole) {
    const std::string half(255, 'x');
    const auto good = head() + audio(2, {"a"}, 10);
    struct Case {
        const char* what;
        std::string pages;
        std::string events;
    };
    auto bad = audio(3, {"b"}, 20);
    bad.back() ^= 1;
    for (const auto& [what, pages, events] : {
             Case{"a page is missing", audio(4, {"c"}, 30), "*c=30"},
             Case{"a page is bad", bad + audio(4, {"c"}, 30), "*c=30"},
             Case{"a page comes again", audio(2, {"a"}, 10) + audio(3, {"b"}, 20), "*a=10 b=20"},
             Case{"only the first one after a gap tells", audio(4, {"c", "d"}, 30), "*c d=30"},
             Case{"no continuation", begun(3, {"b", half}, 20) + audio(4, {"c"}, 30), "b=20 *c=30"},
             Case{"a continuation without a beginning", ended(3, {"end", "b"}, 20), "*b=20"},
             Case{"nothing but one", ended(3, {"end"}, 20) + audio(4, {"c"}, 30), "*c=30"},
             Case{"the middle is missing", begun(3, {half}) + ended(5, {"end", "c"}, 30), "*c=30"},
             Case{"a long one without a beginning",
                  begun(4, {half}, -1, true) + begun(5, {half}, -1, true) + ended(6, {"end", "c"}, 30),
                  "*c=30"},
             Case{"the file ends amid one", begun(3, {"b", half}, 20), "b=20"},
             Case{"the stream ends amid one",
                  raw_page({.sequence = 3, .granule = -1, .last = true}, {half}, true) +
                      ended(4, {"end"}, 30),
                  "END"},
         })
        EXPECT_EQ(listing(good + pages), "[vorbis 1] a=10 " + events) << what;
}

TEST(OggPackets, AreNotGatheredOverTheLimit) {
    const std::string page(255UL * 250, 'x');
    std::string file = head() + begun(2, {"a", page}, 10);
    for (std::uint32_t i = 3; i < 270; ++i) file += begun(i, {page}, -1, true); // 16 MB
    Listing all;
    all.add(file + ended(270, {"end", "b"}, 20) + audio(271, {"c"}, 30));
    EXPECT_EQ(all.text, "[vorbis 1] a=10 *b=20 c=30");
    EXPECT_LE(all.most_held, 2 * OggPackets::usual_limit);
    EXPECT_EQ(all.packets.held(), 0U);
    // To the byte, within a page and over two.
    const std::string half(255, 'x');
    for (const std::size_t limit : {300UL, 299UL}) {
        const auto packet = limit == 300 ? "xxxxxxxxxxxxxxxxxxxx b=20" : "*b=20";
        Listing little{limit};
        little.packets.jump(1);
        little.add(audio(2, {std::string(300, 'x'), "b"}, 20));
        EXPECT_EQ(little.text, packet);
        little.text.clear();
        little.packets.jump(1);
        little.add(begun(2, {half}) + ended(3, {std::string(45, 'x'), "b"}, 20));
        EXPECT_EQ(little.text, packet);
    }
}

TEST(OggPackets, DoWithoutALargeComment) {
    OggBuilder stream;
    const auto first = stream.page({vorbis_head()}, 0);
    const auto file = first +
                      stream.page({vorbis_comments({"PICTURE=" + std::string(100'000, 'p')}), setup}, 0) +
                      stream.page({"a"}, 10);
    Listing all{50'000};
    all.add(file);
    EXPECT_EQ(all.text, "[vorbis 1] a=10");
    EXPECT_EQ(all.links.at(0).comment, "");
    EXPECT_EQ(all.links.at(0).setup, setup);
    Listing whole;
    whole.add(file);
    EXPECT_GT(whole.links.at(0).comment.size(), 100'000U);
    EXPECT_EQ(listing(file, 2000), ""); // without a setup there is nothing to hear
}

TEST(OggPackets, GoOnInTheNextLink) {
    // With an end and without one, with another serial and with the same.
    EXPECT_EQ(listing(head() + audio(2, {"a"}, 10, true) + head(2) + audio(2, {"b"}, 10, true, 2)),
              "[vorbis 1] a=10 END [vorbis 2] b=10 END");
    EXPECT_EQ(listing(head() + audio(2, {"a"}, 10) + head(2) + audio(2, {"b"}, 10, true, 2)),
              "[vorbis 1] a=10 [vorbis 2] b=10 END");
    EXPECT_EQ(listing(head() + audio(2, {"a"}, 10) + head() + audio(2, {"b"}, 10)),
              "[vorbis 1] a=10 [vorbis 1] b=10");
    // What a link leaves open does not reach into the next one, nor does a gap.
    EXPECT_EQ(listing(head() + begun(2, {std::string(255, 'x')}) + audio(9, {}, 10) + head(2) +
                      audio(2, {"b"}, 10, false, 2)),
              "[vorbis 1] [vorbis 2] b=10");
    const auto opus = raw_page({.serial = 3, .first = true}, {opus_head()}) +
                      raw_page({.serial = 3, .sequence = 1}, {"OpusTags" + comment_block({})});
    EXPECT_EQ(listing(head() + audio(2, {"a"}, 10) + opus + audio(2, {"o"}, 960, false, 3)),
              "[vorbis 1] a=10 [opus 3] o=960");
}

TEST(OggPackets, OfOtherStreamsAreSkipped) {
    const auto skeleton = [](std::uint32_t serial) {
        return raw_page({.serial = serial, .first = true}, {"fishead" + std::string(57, '\0')});
    };
    const auto ours = raw_page({.first = true}, {vorbis_head()});
    const auto second = raw_page({.serial = 9, .first = true}, {vorbis_head()});
    const auto rest = raw_page({.sequence = 1}, {vorbis_comments({}), setup});
    EXPECT_EQ(listing(skeleton(7) + ours + second + skeleton(8) + audio(1, {"n"}, 5, true, 7) + rest +
                      audio(1, {"n"}, 5, false, 9) + audio(2, {"a"}, 10) + audio(2, {"n"}, 5, true, 9) +
                      audio(3, {"b"}, 20)),
              "[vorbis 1] a=10 b=20");
    // The next link: its Skeleton stands before its Vorbis.
    EXPECT_EQ(
        listing(head() + audio(2, {"a"}, 10, true) + skeleton(7) + head(2) + audio(2, {"b"}, 10, false, 2)),
        "[vorbis 1] a=10 END [vorbis 2] b=10");
    // Our serial is another's now.
    EXPECT_EQ(listing(head() + audio(2, {"a"}, 10) + skeleton(1) + audio(3, {"n"}, 20)), "[vorbis 1] a=10");
}

TEST(OggPackets, ThousandsOfSerialsCostNothing) {
    std::string file;
    for (std::uint32_t i = 2; i < 10'002; ++i)
        file += raw_page({.serial = i, .first = true}, {i % 2 == 0 ? "theora" : "x"});
    Listing all;
    all.add(file + head());
    const std::string half(255, 'n');
    for (std::uint32_t i = 2; i < 10'002; ++i) all.add(raw_page({.serial = i, .sequence = 1}, {half}, true));
    all.add(audio(2, {"a"}, 10));
    EXPECT_EQ(all.text, "[vorbis 1] a=10");
    EXPECT_LT(all.most_held, 8000U);

    Listing chain;
    for (std::uint32_t i = 0; i < 10'000; ++i)
        chain.add(raw_page({.serial = i, .first = true, .last = true}, {vorbis_head()}));
    EXPECT_EQ(chain.text, "");
    EXPECT_LT(chain.most_held, 8000U);
    chain.add(head(5) + audio(2, {"a"}, 10, false, 5));
    EXPECT_EQ(chain.text, "[vorbis 5] a=10");
}

TEST(OggPackets, BelieveNothing) {
    const auto first = raw_page({.first = true}, {vorbis_head()});
    const auto comments = vorbis_comments({});
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    struct Case {
        const char* what;
        std::string file;
        std::string events;
    };
    for (const auto& [what, file, events] : {
             Case{"no first page", raw_page({.sequence = 1}, {comments, setup}) + audio(2, {"a"}, 10), ""},
             Case{"headers in another order", first + raw_page({.sequence = 1}, {setup, comments}), ""},
             Case{"no headers", first + audio(1, {"a", "b"}, 10), ""},
             Case{"a page of headers is missing", first + raw_page({.sequence = 2}, {comments, setup}), ""},
             Case{"an identification twice", first + raw_page({.sequence = 1}, {vorbis_head(), setup}), ""},
             Case{"the first page twice", first + head() + audio(2, {"a"}, 10), "[vorbis 1] a=10"},
             Case{"a beginning in mid-stream", head() + audio(2, {"a"}, 1) + first + audio(3, {"b"}, 2),
                  "[vorbis 1] a=1"},
             Case{"data behind the end",
                  head() + audio(2, {"a"}, 1, true) + audio(3, {"b"}, 2) + audio(4, {"c"}, 3, true),
                  "[vorbis 1] a=1 END"},
             Case{"the end among the headers",
                  first + raw_page({.sequence = 1, .last = true}, {comments}) + audio(2, {"a"}, 1), ""},
             Case{"an end without packets", head() + audio(2, {}, 1, true), "[vorbis 1] END"},
             Case{"granule -1 everywhere", head() + audio(2, {"a"}, -1) + audio(3, {"b"}, -1),
                  "[vorbis 1] a b"},
             Case{"granules of nonsense",
                  head() + audio(2, {"a"}, -2) + audio(3, {"b"}, highest) + audio(4, {"c"}, 1),
                  "[vorbis 1] a b c=1"},
             Case{"the highest granule", head() + audio(2, {"a"}, std::int64_t{1} << 62),
                  "[vorbis 1] a=4611686018427387904"},
             Case{"decreasing", head() + audio(2, {"a"}, 20) + audio(3, {"b"}, 10), "[vorbis 1] a=20 b=10"},
             Case{"no segments", head() + raw_page({.sequence = 2}, "", "") + audio(3, {"b"}, 10),
                  "[vorbis 1] b=10"},
             Case{"continued, no segments",
                  head() + raw_page({.sequence = 2, .continued = true}, "", "") + audio(3, {"b"}, 10),
                  "[vorbis 1] *b=10"},
             Case{"packets of no bytes", head() + audio(2, {"", "", "a"}, 10), "[vorbis 1]   a=10"},
             Case{"the first packet does not end",
                  raw_page({.first = true}, {vorbis_head() + std::string(225, '\0')}, true) +
                      raw_page({.sequence = 1, .continued = true}, {"", comments, setup}),
                  ""},
         })
        EXPECT_EQ(listing(file), events) << what;
}

TEST(OggPackets, WrapTheirPagesNumber) {
    Listing all;
    all.packets.jump(1);
    all.add(audio(0xFFFF'FFFF, {"a"}, 10) + audio(0, {"b"}, 20));
    EXPECT_EQ(all.text, "a=10 b=20");
}

TEST(OggPackets, JumpWithoutAGap) {
    Listing all;
    all.add(head() + audio(2, {"a"}, 10) + begun(3, {std::string(255, 'x')}));
    all.packets.jump(1);
    all.add(begun(70, {std::string(255, 'x')}, -1, true) + ended(71, {"rest", "b"}, 90) +
            audio(73, {"c"}, 95, true));
    EXPECT_EQ(all.text, "[vorbis 1] a=10 b=90 *c=95 END");
    // Behind its end, and into another link.
    all.text.clear();
    all.packets.jump(2);
    all.add(audio(5, {"n"}, 1) + audio(5, {"d"}, 50, false, 2) + head(3));
    EXPECT_EQ(all.text, "d=50 [vorbis 3]");
}

} // namespace
