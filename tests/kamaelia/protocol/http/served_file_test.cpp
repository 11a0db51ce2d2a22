// What becomes of an answer when the file that it sends changes: a whole server and its clients.
#include "kamaelia/protocol/http/http_server.hpp"

#include "axon/testing/rig.hpp"
#include "kamaelia/chassis/simple_server.hpp"
#include "kamaelia/testing/memory_network.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace {

using axon::testing::Rig;
using kamaelia::HTTPServer;
using kamaelia::testing::MemoryClient;
using Line = axon::testing::KeptLog::Line;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::size_t much = 3'000'000; // more than the kernel keeps for a client that does not read

struct ServedFile : ::testing::Test {
    ServedFile() {
        directory.write("small.ogg", "0123456789");
        rig.add<kamaelia::SimpleServer>(kamaelia::testing::listening(network, "192.0.2.1", 80),
                                        [this]() -> std::unique_ptr<axon::Component> {
                                            return std::make_unique<HTTPServer>(
                                                HTTPServer::Params{.media = {directory.path()}});
                                        });
        rig.run();
    }

    MemoryClient client() { return {network, "192.0.2.1", 80}; }
    static void ask(MemoryClient& client, const std::string& name) {
        client.say("GET /media/" + name + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }
    // The answers, until no more comes.
    std::string all(MemoryClient& client) {
        std::string heard;
        for (int quiet = 0; quiet < 3; ++quiet) {
            rig.run();
            const auto more = client.hear();
            if (!more.empty()) quiet = 0;
            heard += more;
        }
        return heard;
    }
    // One that has asked for large.ogg and has not read yet what has come of it.
    MemoryClient in_the_midst() {
        auto one = client();
        ask(one, "large.ogg");
        rig.run();
        return one;
    }
    static std::string body(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

    const std::string content = std::string(much - 3, 'x') + "end";
    kamaelia::testing::TemporaryDirectory directory;
    std::filesystem::path large = directory.write("large.ogg", content);
    kamaelia::testing::MemoryNetwork network;
    Rig rig{{.network = &network}};
};

TEST_F(ServedFile, ArrivesWhole) {
    auto one = in_the_midst();
    const auto answer = all(one);
    EXPECT_THAT(answer, HasSubstr("Content-Length: 3000000\r\n"));
    EXPECT_EQ(body(answer), content);
    EXPECT_FALSE(one.ended());
    ask(one, "small.ogg");
    EXPECT_THAT(all(one), EndsWith("\r\n\r\n0123456789"));
}

TEST_F(ServedFile, ThatIsCutEndsTheConnectionShort) {
    auto one = in_the_midst();
    ask(one, "small.ogg"); // which cannot be answered in its place any more
    std::filesystem::resize_file(large, 1'000);
    const auto answer = all(one);
    EXPECT_TRUE(one.ended());
    EXPECT_LT(body(answer).size(), much);
    EXPECT_THAT(body(answer), Not(HasSubstr("HTTP/1.1"))) << "nothing else in its place";
    EXPECT_THAT(rig.log(), Contains(AllOf(Field(&Line::level, axon::LogLevel::error),
                                          Field(&Line::text, HasSubstr("it has become shorter")))));
    EXPECT_THAT(rig.log(), Contains(Field(&Line::text, HasSubstr(" reason=failed"))));
    auto other = client();
    ask(other, "small.ogg");
    EXPECT_THAT(all(other), EndsWith("\r\n\r\n0123456789")) << "nobody else notices";
}

TEST_F(ServedFile, ThatIsReplacedArrivesAsItWas) {
    auto one = in_the_midst();
    std::filesystem::rename(directory.write("new.ogg", std::string(much, 'y')), large);
    EXPECT_EQ(body(all(one)), content);
    ask(one, "large.ogg");
    EXPECT_EQ(body(all(one)), std::string(much, 'y'));
}

TEST_F(ServedFile, ThatIsDeletedArrivesAsItWas) {
    auto one = in_the_midst();
    std::filesystem::remove(large);
    EXPECT_EQ(body(all(one)), content);
    ask(one, "large.ogg");
    EXPECT_THAT(all(one), HasSubstr("HTTP/1.1 404 "));
}

TEST_F(ServedFile, ThatGrowsArrivesAsLongAsWasSaid) {
    auto one = in_the_midst();
    std::ofstream{large, std::ios::app | std::ios::binary} << "and more";
    ask(one, "small.ogg");
    const auto answers = all(one);
    EXPECT_EQ(body(answers).substr(0, much), content);
    EXPECT_TRUE(body(answers).substr(much).starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answers, EndsWith("\r\n\r\n0123456789"));
}

TEST_F(ServedFile, IsClosedWhenItsClientHasGone) {
    const auto open = [] { return std::distance(std::filesystem::directory_iterator{"/dev/fd"}, {}); };
    const auto before = open();
    auto one = in_the_midst();
    EXPECT_GT(open(), before + 2) << "both sockets and the file";
    one.vanish();
    rig.run();
    EXPECT_EQ(open(), before);
}

} // namespace
