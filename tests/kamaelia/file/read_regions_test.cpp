#include "kamaelia/file/read_regions.hpp"

#include "axon/testing/rig.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>

#include <string>

namespace {

using axon::Bytes;
using kamaelia::BytesOrRegion;
using kamaelia::Descriptor;
using kamaelia::FileRegion;
using kamaelia::ReadRegions;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct ReadRegionsTest : testing::Test {
    void feed(BytesOrRegion message) { rig.feed(reader.inbox, std::move(message)); }
    FileRegion region(std::uint64_t offset, std::uint64_t size) const {
        return {Descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC)}, offset, size};
    }

    kamaelia::testing::TemporaryDirectory directory;
    const std::string content = std::string(100'000, 'x') + "end";
    std::filesystem::path path = directory.write("file", content);
    axon::testing::Rig rig;
    ReadRegions& reader = rig.add<ReadRegions>();
};

TEST_F(ReadRegionsTest, MakesBytesOfRegionsAndKeepsTheOrder) {
    feed(Bytes{"before"});
    feed(region(99'999, 4));
    feed(Bytes{"after"});
    rig.end(reader.inbox);
    rig.run();
    EXPECT_THAT(rig.sent(reader.outbox), ElementsAre(Bytes{"before"}, Bytes{"xend"}, Bytes{"after"}));
    EXPECT_TRUE(rig.ended(reader));
}

TEST_F(ReadRegionsTest, CutsLargeOnes) {
    feed(region(0, content.size()));
    rig.run();
    std::string all;
    for (const auto& piece : rig.sent(reader.outbox)) {
        EXPECT_LE(piece.size(), ReadRegions::piece);
        all += piece.view();
    }
    EXPECT_EQ(all, content);
}

TEST_F(ReadRegionsTest, FailsWhereAFileEndsTooSoon) {
    feed(region(100'000, 4));
    feed(Bytes{"what follows"});
    rig.run();
    EXPECT_TRUE(rig.ended(reader));
    EXPECT_TRUE(rig.sent(reader.outbox).empty()) << "nothing in the wrong place";
    ASSERT_FALSE(rig.log().empty());
    EXPECT_THAT(rig.log().back().text,
                AllOf(HasSubstr("cannot read all of "), HasSubstr("it has become shorter")));
}

} // namespace
