// The two halves of a session with their boxes joined, and no network: what a file holds, the client hears.
#include "axon/composite.hpp"
#include "axon/testing/rig.hpp"
#include "kamaelia/protocol/rtsp/rtsp_client.hpp"
#include "kamaelia/protocol/rtsp/rtsp_server.hpp"
#include "tests/kamaelia/codec/vorbis_file.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <fcntl.h>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace kamaelia;
using axon::Bytes;
using axon::testing::Rig;
using kamaelia::testing::ogg_file;
using ::testing::HasSubstr;

struct Heard {
    std::string data;
    std::int64_t timestamp;
    std::uint32_t duration;

    bool operator==(const Heard&) const = default;
};
void PrintTo(const Heard& heard, std::ostream* out) {
    *out << heard.timestamp << '+' << heard.duration << " (" << heard.data.size() << " bytes)";
}

std::vector<Heard> all_of(const std::vector<MediaPacket>& packets) {
    std::vector<Heard> all;
    all.reserve(packets.size());
    for (const auto& packet : packets)
        all.push_back({std::string{packet.data.view()}, packet.timestamp, packet.duration});
    return all;
}

// Cuts what passes into pieces.
class Pieces final : public axon::Filter<Bytes, Bytes> {
public:
    explicit Pieces(std::size_t size) : size_{size} {}

private:
    axon::Task<> main() override {
        while (const auto bytes = co_await inbox.receive())
            for (std::size_t at = 0; at < bytes->size(); at += size_)
                co_await outbox.send(bytes->slice(at, size_));
    }
    std::size_t size_;
};

class Halves final : public axon::Composite {
public:
    Halves(RTSPClient::Params client_params, const RTSPServer::Params& server_params,
           std::size_t piece = std::numeric_limits<std::size_t>::max() / 2)
        : client{child<RTSPClient>(std::move(client_params))}, server{child<RTSPServer>(server_params)} {
        auto& there = child<Pieces>(piece);
        auto& back = child<Pieces>(piece);
        link(client.outbox, there.inbox);
        link(there.outbox, server.inbox);
        link(server.outbox, back.inbox);
        link(back.outbox, client.inbox);
        link(client.format, format);
        link(client.media, media);
    }
    RTSPClient& client;
    RTSPServer& server;
    axon::Outbox<MediaFormat> format{*this, "format"};
    axon::Outbox<MediaPacket> media{*this, "media"};
};

class RTSPHalves : public ::testing::Test {
protected:
    RTSPHalves() { directory.write("a.ogg", ogg_file(vorbis)); }

    Descriptor open() const {
        return Descriptor{::open((directory.path() / "a.ogg").c_str(), O_RDONLY | O_CLOEXEC)};
    }
    // What a component hears that reads the file itself.
    std::vector<Heard> in_the_file(const OggPart& part = {}) const {
        Rig rig;
        const auto size = std::filesystem::file_size(directory.path() / "a.ogg");
        const auto map = map_ogg_file(open().get(), size).value();
        const auto start = find_start(open().get(), map.links, map.durations.preroll(), part.begin);
        auto& source = rig.add<OggFileSource>(FileReader{open(), size}, map, start, part);
        rig.run();
        return all_of(rig.sent(source.outbox));
    }
    static RTSPClient::Params url(const std::string& name) {
        return {.url = "rtsp://192.0.2.1/media/" + name};
    }
    Halves& join(Rig& rig, const RTSPClient::Params& params, std::size_t piece = 65'536) const {
        return rig.add<Halves>(params, server, piece);
    }
    // All that is heard, until both ends are gone.
    std::vector<Heard> hear(const RTSPClient::Params& params, const axon::testing::RigOptions& options = {},
                            std::size_t piece = 65'536) {
        Rig rig{options};
        auto& halves = join(rig, params, piece);
        rig.advance(40s);
        EXPECT_TRUE(rig.ended(halves)) << "both ends";
        EXPECT_EQ(rig.scheduler().live(), 0U) << "and all that they have made";
        EXPECT_EQ(halves.client.ending(), axon::Ending::finished);
        EXPECT_EQ(halves.server.ending(), axon::Ending::finished);
        EXPECT_EQ(trouble(rig), "");
        formats = rig.sent(halves.format);
        return all_of(rig.sent(halves.media));
    }
    std::string failure(const RTSPClient::Params& params) const {
        Rig rig;
        auto& halves = join(rig, params);
        rig.advance(40s);
        EXPECT_TRUE(rig.ended(halves));
        EXPECT_EQ(rig.scheduler().live(), 0U);
        EXPECT_EQ(halves.client.ending(), axon::Ending::failed);
        EXPECT_EQ(halves.server.ending(), axon::Ending::finished);
        EXPECT_TRUE(rig.sent(halves.media).empty());
        return trouble(rig);
    }
    // What was logged last that is more than news.
    static std::string trouble(const Rig& rig) {
        std::string last;
        for (const auto& line : rig.log())
            if (line.level > axon::LogLevel::info) last = line.text;
        return last;
    }

    kamaelia::testing::TemporaryDirectory directory;
    kamaelia::testing::EncodedVorbis vorbis = kamaelia::testing::vorbis_with_cut_end(8000, 1, 0.3F, 80'000);
    RTSPServer::Params server{.media = {directory.path()}};
    std::vector<MediaFormat> formats;
};

TEST_F(RTSPHalves, AllOfAFileIsHeard) {
    const auto heard = hear(url("a.ogg"));
    ASSERT_EQ(heard.size(), vorbis.packets.size());
    for (std::size_t i = 0; i < heard.size(); ++i) {
        ASSERT_EQ(heard[i].data, vorbis.packets[i]) << i;
        ASSERT_EQ(heard[i].timestamp, i == 0 ? 0 : vorbis.granules[i - 1]) << i;
    }
    EXPECT_EQ(heard, in_the_file());
    ASSERT_EQ(formats.size(), 1U);
    EXPECT_EQ(formats[0].headers.identification, vorbis.headers[0]);
    EXPECT_EQ(formats[0].headers.setup, vorbis.headers[2]);
    EXPECT_EQ(formats[0].durations.rate(), 8'000U);
}

TEST_F(RTSPHalves, InWhateverOrderTheyHaveTheirTurns) {
    const auto expected = in_the_file();
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U})
        EXPECT_EQ(hear(url("a.ogg"), {.shuffle = seed, .quota = 1}), expected) << seed;
}

TEST_F(RTSPHalves, HoweverTheBytesAreCut) {
    const auto expected = in_the_file();
    for (const std::size_t piece : {1U, 2U, 3U, 5U, 1'000U})
        EXPECT_EQ(hear(url("a.ogg"), {}, piece), expected) << piece;
}

TEST_F(RTSPHalves, APartIsHeardFromWhereItBegins) {
    for (const auto start : {1ms, 128ms, 999ms, 5'000ms, 7'123ms, 9'900ms}) {
        auto params = url("a.ogg");
        params.start = start;
        const auto expected = in_the_file({.begin = start / 125us});
        ASSERT_EQ(hear(params), expected) << start.count();
        ASSERT_LE(expected.front().timestamp, start / 125us);
    }
    auto params = url("a.ogg");
    params.start = 2s;
    params.end = 4s;
    EXPECT_EQ(hear(params), in_the_file({.begin = 16'000, .end = 32'000}));
}

TEST_F(RTSPHalves, TimesAreExactWhateverTheRate) {
    vorbis = kamaelia::testing::vorbis_with_cut_end(44'100, 2, 0.4F, 441'000);
    directory.write("a.ogg", ogg_file(vorbis));
    auto params = url("a.ogg");
    EXPECT_EQ(hear(params), in_the_file());
    for (std::int64_t tenth = 1; tenth < 99; tenth += 7) {
        params.start = tenth * 100ms;
        ASSERT_EQ(hear(params), in_the_file({.begin = tenth * 4'410})) << tenth;
    }
}

TEST_F(RTSPHalves, AChainIsOneStream) {
    directory.write("a.ogg", ogg_file(vorbis) + ogg_file(vorbis, {.serial = 2, .shift = 1'000'000}));
    const auto expected = in_the_file();
    ASSERT_EQ(expected.size(), 2 * vorbis.packets.size());
    EXPECT_EQ(hear(url("a.ogg")), expected);
    auto params = url("a.ogg");
    params.start = 12s;
    EXPECT_EQ(hear(params), in_the_file({.begin = 96'000}));
}

TEST_F(RTSPHalves, AChainOfOtherHeadersEndsAtItsJoint) {
    const auto other = kamaelia::testing::encode_vorbis(8'000, 1, 0.9F, 8'000);
    directory.write("a.ogg", ogg_file(vorbis) + ogg_file(other, {.serial = 2}));
    EXPECT_EQ(hear(url("a.ogg")).size(), vorbis.packets.size());
}

TEST_F(RTSPHalves, ARefusalEndsBothAndSaysWhatOf) {
    directory.write("no.ogg", "no Ogg");
    EXPECT_THAT(failure(url("b.ogg")), HasSubstr("DESCRIBE rtsp://192.0.2.1/media/b.ogg: 404 Not Found"));
    EXPECT_THAT(failure(url("no.ogg")), HasSubstr("DESCRIBE rtsp://192.0.2.1/media/no.ogg: 415 Unsupported"));
    auto params = url("a.ogg");
    params.start = 1h;
    EXPECT_THAT(failure(params), HasSubstr("PLAY rtsp://192.0.2.1/media/a.ogg/: 457 Invalid Range"));
    directory.write("users", "alice:media:0307e4310caaf2a0e56361d36e750e3c\n");
    server.users = UsersFile{.path = directory.path() / "users"};
    EXPECT_THAT(failure(url("a.ogg")), HasSubstr("DESCRIBE rtsp://192.0.2.1/media/a.ogg: 401 Unauthorized"));
}

TEST_F(RTSPHalves, WhoEverEndsFirstBothDo) {
    const struct {
        const char* what;
        void (*end)(Rig&, Halves&);
    } cases[] = {
        {"the client is shut down", [](Rig& rig, Halves& halves) { rig.shut_down(halves.client); }},
        {"the client is stopped", [](Rig& rig, Halves& halves) { rig.stop(halves.client); }},
        {"the server is stopped", [](Rig& rig, Halves& halves) { rig.stop(halves.server); }},
        {"all is shut down", [](Rig& rig, Halves& halves) { rig.shut_down(halves); }},
        {"all is stopped", [](Rig& rig, Halves& halves) { rig.stop(halves); }},
    };
    for (const auto after : {0ms, 3'000ms}) {
        for (const auto& each : cases) {
            Rig rig;
            auto& halves = join(rig, url("a.ogg"));
            rig.advance(after);
            each.end(rig, halves);
            rig.advance(6s); // close() may take so long
            EXPECT_TRUE(rig.ended(halves)) << each.what;
            EXPECT_EQ(rig.scheduler().live(), 0U) << each.what;
        }
    }
}

} // namespace
