#include "kamaelia/codec/ogg_page.hpp"

#include "kamaelia/codec/ogg_pages.hpp"
#include "tests/kamaelia/codec/ogg_builder.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace kamaelia;
using namespace kamaelia::testing;
using Kind = OggFront::Kind;

TEST(OggPage, IsReadFieldByField) {
    const auto bytes = raw_page({.serial = 0xFEDC'BA98,
                                 .sequence = 0x8123'4567,
                                 .granule = 0x0102'0304'0506'0708,
                                 .continued = true,
                                 .last = true},
                                {"ab", "", std::string(255, 'c')});
    const auto more = bytes + "behind";
    const auto front = look_for_ogg_page(more);
    ASSERT_EQ(front.kind, Kind::page);
    EXPECT_EQ(front.size, bytes.size());
    EXPECT_EQ(front.page.serial, 0xFEDC'BA98);
    EXPECT_EQ(front.page.sequence, 0x8123'4567);
    EXPECT_EQ(front.page.granule, 0x0102'0304'0506'0708);
    EXPECT_TRUE(front.page.continued);
    EXPECT_FALSE(front.page.first);
    EXPECT_TRUE(front.page.last);
    EXPECT_EQ(front.page.lacing, std::string_view("\x02\x00\xFF\x00", 4));
    EXPECT_EQ(front.page.body, "ab" + std::string(255, 'c'));
    EXPECT_EQ(front.page.packets(), 3U);
    const auto beginning = raw_page({.granule = -1, .first = true}, {std::string(255, 'c')}, true);
    const auto first = look_for_ogg_page(beginning);
    EXPECT_TRUE(first.page.first);
    EXPECT_EQ(first.page.granule, -1);
    EXPECT_EQ(first.page.packets(), 0U);
}

// The checksums are libogg's, over pages of every length modulo eight.
TEST(OggPage, HasTheChecksumOfLibogg) {
    for (std::size_t size = 0; size < 40; ++size) {
        std::string body;
        for (std::size_t i = 0; i < size; ++i) body += static_cast<char>(i * 37 + size);
        auto bytes = raw_page({.sequence = 7}, {body});
        ASSERT_EQ(look_for_ogg_page(bytes).kind, Kind::page) << size;
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            bytes[i] = static_cast<char>(bytes[i] ^ 0x10);
            EXPECT_NE(look_for_ogg_page(bytes).kind, Kind::page) << size << ' ' << i;
            bytes[i] = static_cast<char>(bytes[i] ^ 0x10);
        }
    }
}

TEST(OggPage, SaysHowManyBytesItTakesToTell) {
    const auto bytes = raw_page({}, {std::string(600, 'a'), "b"});
    const std::size_t header = 27 + 4;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto front = look_for_ogg_page(std::string_view{bytes}.substr(0, size));
        ASSERT_EQ(front.kind, Kind::incomplete) << size;
        EXPECT_EQ(front.size, size < 27 ? 27 : size < header ? header : bytes.size()) << size;
    }
}

TEST(OggPage, IsTheLargestAndTheSmallest) {
    const auto largest = raw_page({}, std::string(255, '\xFF'), std::string(255UL * 255, 'x'));
    EXPECT_EQ(largest.size(), OggPage::largest);
    EXPECT_EQ(look_for_ogg_page(largest).kind, Kind::page);
    const auto smallest = raw_page({}, "", "");
    EXPECT_EQ(look_for_ogg_page(smallest).kind, Kind::page);
    EXPECT_EQ(look_for_ogg_page(smallest).size, 27U);
}

struct Case {
    const char* what;
    std::string bytes;
    std::size_t junk;
};

TEST(OggPage, IsNotBelieved) {
    const auto good = raw_page({}, {"packet"});
    auto bad = good;
    bad.back() ^= 1;
    auto around_another = raw_page({}, {good + "rest"});
    around_another.back() ^= 1;
    const Case cases[] = {
        {"a bad one that holds another", around_another + good, around_another.size()},
        {"another version", raw_page({.version = 1}, {"packet"}) + good, good.size()},
        {"a bad checksum, another page behind", bad + good, good.size()},
        {"a bad checksum, nothing behind", bad, bad.size()},
        {"a bad checksum, another page somewhere", bad + "xyz" + good, bad.size() + 3},
        {"junk", "junk" + good, 4},
        {"nearly", "OggOggS" + std::string(1, '\0') + "rest", 3},
        {"junk that may go on as a page", "junkOgg", 4},
        {"no page at all", "junk", 4},
        {"one byte", "x", 1},
        {"a page cut short within another's size", good.substr(0, 5) + good, 0},
    };
    for (const auto& [what, bytes, junk] : cases) {
        const auto front = look_for_ogg_page(bytes);
        if (junk == 0) {
            EXPECT_NE(front.kind, Kind::page) << what;
            continue;
        }
        EXPECT_EQ(front.kind, Kind::junk) << what;
        EXPECT_EQ(front.size, junk) << what;
    }
}

TEST(OggPages, AreFoundBetweenJunk) {
    const auto a = raw_page({.sequence = 0}, {"a"});
    const auto b = raw_page({.sequence = 1}, {"b"});
    auto bad = b;
    bad.back() ^= 1;
    // The last one claims more than there is, and another stands within that.
    const auto bytes =
        "rest" + a + "OggOgg" + bad + b + "xx" + a + raw_page({}, {std::string(99, 'c')}).substr(0, 40) + b;
    OggPages pages{bytes};
    std::string bodies;
    while (const auto page = pages.next()) bodies += page->body;
    EXPECT_EQ(bodies, "abab");
}

} // namespace
