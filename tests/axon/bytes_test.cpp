// Bytes: shared, immutable, cheap.
#include "axon/bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using axon::Bytes;
using namespace std::string_view_literals;

TEST(Bytes, AreSixteenBytesWhateverTheyHold) { EXPECT_EQ(sizeof(Bytes), 16U); }

TEST(Bytes, HoldACopyOfWhatTheyAreMadeOf) {
    std::string text = "hello";
    const Bytes bytes{text};
    text = "other";
    EXPECT_EQ(bytes.view(), "hello");
    EXPECT_EQ(Bytes{std::as_bytes(std::span{text})}.view(), "other");
}

TEST(Bytes, CopiesAndSlicesShareAndOutliveTheOriginal) {
    Bytes tail;
    const char* data = nullptr;
    {
        const Bytes all{"0123456789"};
        data = all.data();
        EXPECT_EQ(Bytes{all}.data(), data);
        Bytes copy;
        copy = all;
        EXPECT_EQ(copy.data(), data);
        tail = copy.slice(4);
    }
    EXPECT_EQ(tail.view(), "456789");
    EXPECT_EQ(tail.data(), data + 4);
    EXPECT_EQ(tail.slice(1, 2).view(), "56");
}

TEST(Bytes, SlicesAreCutToWhatIsThere) {
    const Bytes bytes{"abc"};
    EXPECT_EQ(bytes.slice(1, 100).view(), "bc");
    EXPECT_EQ(bytes.slice(3).view(), "");
    EXPECT_EQ(bytes.slice(100, 100).view(), "");
    EXPECT_EQ(Bytes{}.slice(0, 1).view(), "");
    EXPECT_EQ(bytes.slice(3).data(), nullptr) << "an empty slice keeps no storage";
}

TEST(Bytes, AMovedFromOneIsEmpty) {
    Bytes from{"abc"};
    const Bytes to{std::move(from)};
    EXPECT_TRUE(from.empty()); // NOLINT: that is what is tested
    EXPECT_EQ(to.view(), "abc");
    Bytes self{"self"};
    const auto& alias = self;
    self = alias;
    EXPECT_EQ(self.view(), "self");
}

TEST(Bytes, AreBuiltInPlaceAndOnlyAsLongAsWasUsed) {
    const auto bytes = Bytes::build(100, [](std::span<char> room) {
        EXPECT_EQ(room.size(), 100U);
        std::ranges::fill(room.first(3), 'x');
        return 3;
    });
    EXPECT_EQ(bytes.view(), "xxx");
    EXPECT_TRUE(Bytes::build(0, [](std::span<char> room) { return room.size(); }).empty());
    EXPECT_EQ(Bytes::build(2, [](std::span<char>) { return 50; }).size(), 2U) << "never more than the room";
}

TEST(Bytes, AreBuiltBitByBitInARoom) {
    for (const std::size_t used : {10U, 3U, 0U}) { // of which 3 are not worth to keep room for 10
        Bytes::Room room{10};
        std::ranges::copy("0123456789"sv, room.span().begin());
        const auto bytes = std::move(room).bytes(used);
        EXPECT_EQ(bytes.view(), "0123456789"sv.substr(0, used));
    }
    EXPECT_TRUE(Bytes::Room{}.span().empty());
}

TEST(Bytes, AreEqualByContent) {
    EXPECT_EQ(Bytes{"abc"}, Bytes{"xabcx"}.slice(1, 3));
    EXPECT_FALSE(Bytes{"abc"} == Bytes{"abd"});
    EXPECT_EQ(Bytes{}, Bytes{""});
}

// Whoever takes shares in bulk or gives them back twice is found here by the sanitizers: as a leak, as a
// use after the end, or as a race.
TEST(Bytes, SharedByManyCopiesOnManyThreadsGoOnceAndWithTheLast) {
    constexpr std::size_t threads = 4;
    std::array<std::vector<Bytes>, threads> copies;
    std::array<const char*, 2> data{};
    {
        const std::array pages{Bytes{std::string(4096, 'a')}, Bytes{std::string(4096, 'b')}};
        data = {pages[0].data(), pages[1].data()};
        std::vector<std::jthread> makers;
        makers.reserve(threads);
        for (auto& own : copies) {
            makers.emplace_back([&] {
                for (std::size_t i = 0; i < 3000; ++i) own.push_back(pages[i / 1000 % 2]);
                own.resize(2000); // those of the second run that it had first
            });
        }
    }
    std::vector<std::jthread> readers;
    readers.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) {
        readers.emplace_back([&, i] {
            auto theirs = std::exchange(copies[(i + 1) % threads], {});
            for (std::size_t k = 0; k < theirs.size(); ++k) {
                const auto last = Bytes{theirs[k]};
                theirs[k] = {};
                EXPECT_EQ(last.data(), data[k / 1000]);
                EXPECT_EQ(last.view().find_first_not_of(k < 1000 ? 'a' : 'b'), std::string_view::npos);
                if (k % 100 == 0) Bytes::return_shares();
            }
        });
    }
}

TEST(Bytes, AreGoodWhileAnotherCopyIsHeldWhateverIsGivenBack) {
    Bytes kept{"kept by one"};
    for (int round = 0; round < 3; ++round) {
        {
            const std::vector<Bytes> many(1000, kept);
        }
        Bytes::return_shares();
        Bytes::return_shares();
        EXPECT_EQ(kept.view(), "kept by one");
        kept = Bytes{kept};
    }
}

TEST(Bytes, WeighWhatTheyHold) {
    EXPECT_EQ(axon::Weight<Bytes>::of(Bytes{"abc"}), 3U);
    using Either = std::variant<int, Bytes>;
    EXPECT_EQ(axon::Weight<Either>::of(Either{Bytes{"abcd"}}), 4U);
    EXPECT_EQ(axon::Weight<Either>::of(Either{1}), 0U);
}

} // namespace
