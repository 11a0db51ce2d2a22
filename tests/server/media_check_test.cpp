// Which directories of media a configuration needs, and where to point when one is not there.
#include "server/media_check.hpp"

#include "server/components.hpp"
#include "tests/kamaelia/file/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* web = "  web: { listen: \"http://127.0.0.1:0\" }\n";

struct MediaCheck : ::testing::Test {
    MediaCheck() { server::add_components(registry); }

    using Check = void (*)(const server::Config&, axon::Complaints&);

    // What is said of a configuration with `servers`; `media` is its first line.
    std::vector<std::string> lines(const std::string& media, const std::string& servers,
                                   Check check = server::check_media) {
        source.file = server::ConfigFile{"f.yaml", media + "\nservers:\n" + servers};
        axon::Complaints complaints;
        const auto config = server::read_config(source, {}, registry, complaints);
        EXPECT_THAT(server::complaint_lines(complaints, source), IsEmpty());
        check(config, complaints);
        return server::complaint_lines(complaints, source);
    }
    static std::string protocol(const std::string& item) {
        return "  one:\n    listen: tcp://127.0.0.1:0\n    protocol: [ " + item + " ]\n";
    }

    kamaelia::testing::TemporaryDirectory directory;
    axon::Registry registry;
    server::ConfigSource source;
    const std::string here = directory.path().string();
    const std::string missing = here + "/nope";
    const std::string why = "cannot serve media from " + missing + ": No such file or directory";
};

TEST_F(MediaCheck, ADirectoryThatIsThereIsFine) { EXPECT_THAT(lines("media: " + here, web), IsEmpty()); }

TEST_F(MediaCheck, PointsAtTheFilesMedia) {
    EXPECT_THAT(lines("media: " + missing, web), ElementsAre("f.yaml:1:8: " + why));
}

TEST_F(MediaCheck, PointsAtTheCommandLine) {
    source.sets = {"media=" + missing};
    EXPECT_THAT(lines("media: " + here, web), ElementsAre("--set media=" + missing + ": " + why));
    source.media = missing;
    EXPECT_THAT(lines("media: " + here, web), ElementsAre("--media " + missing + ": " + why));
}

TEST_F(MediaCheck, PointsAtWhoNeedsADirectoryThatNobodyNamed) {
    server::Config config;
    config.media.directory = missing;
    source.file = server::ConfigFile{"f.yaml", std::string{"servers:\n"} + web};
    axon::Complaints complaints;
    config.servers = server::read_config(source, {}, registry, complaints).servers;
    auto& protocol = std::get<server::PipelineSpec>(config.servers.front().protocol);
    EXPECT_EQ(server::media_uses(config), (std::vector<server::MediaUse>{{"/var/lib/kamaelia/media", {}}}));
    EXPECT_EQ(server::media_uses(config).front().where, protocol.parts.front().where);
}

TEST_F(MediaCheck, WhatIsNoDirectoryCannotBeServed) {
    directory.write("file", "");
    EXPECT_THAT(lines("media: " + here + "/file", web),
                ElementsAre("f.yaml:1:8: cannot serve media from " + here + "/file: Not a directory"));
}

TEST_F(MediaCheck, NobodyMissesADirectoryThatNobodyUses) {
    EXPECT_THAT(lines("media: " + missing, protocol("Echo")), IsEmpty());
    EXPECT_THAT(lines("media: " + missing, protocol("ReadFileAdaptor: { filename: /etc/hostname }")),
                IsEmpty());
    EXPECT_THAT(lines("media: " + missing, protocol("ReadFileAdaptor: { filename: ../a.ogg }")), IsEmpty());
    EXPECT_THAT(lines("media: " + missing + "\npipelines: { p: [ ReadFileAdaptor: { filename: a.ogg } ] }",
                      protocol("Echo")),
                IsEmpty());
}

TEST_F(MediaCheck, AFileBelowItNeedsIt) {
    const auto item = [](const std::string& filename) {
        return protocol("ReadFileAdaptor: { filename: " + filename + " }, PassThrough");
    };
    EXPECT_THAT(lines("media: " + missing, item("a.ogg")), ElementsAre("f.yaml:1:8: " + why));
    EXPECT_THAT(lines("media: " + missing, item(missing + "/a/b.ogg")), ElementsAre("f.yaml:1:8: " + why));
}

TEST_F(MediaCheck, LooksIntoNestedPipelinesAndGraphlines) {
    EXPECT_THAT(lines("media: " + missing + "\npipelines: { nested: [ HTTPServer, PassThrough ] }",
                      "  one:\n    listen: tcp://127.0.0.1:0\n    protocol:\n"
                      "      components: { a: nested }\n"
                      "      linkages: [ self.inbox -> a.inbox, a.outbox -> self.outbox ]\n"),
                ElementsAre("f.yaml:1:8: " + why));
}

TEST_F(MediaCheck, NamesTheFileThatCannotBeSent) {
    directory.write("a.ogg", "a");
    const auto said_of = [&](const std::string& filename, const std::string& media) {
        return lines("media: " + media, protocol("ReadFileAdaptor: { filename: " + filename + " }"),
                     server::check_files);
    };
    EXPECT_THAT(said_of("a.ogg", here), IsEmpty());
    EXPECT_THAT(said_of("b.ogg", here),
                ElementsAre("f.yaml:5:17: cannot send " + here + "/b.ogg: No such file or directory"));
    EXPECT_THAT(said_of(here, here), ElementsAre("f.yaml:5:17: cannot send " + here + ": Is a directory"));
    EXPECT_THAT(said_of("/dev/null", here),
                ElementsAre("f.yaml:5:17: cannot send /dev/null: not a regular file"));
    EXPECT_THAT(said_of("b.ogg", missing), IsEmpty()) << "its directory is told about already";
}

TEST_F(MediaCheck, NamesTheFileThatIsTooLargeToBeSentWhole) {
    directory.write("a.ogg", "");
    std::filesystem::resize_file(directory.path() / "a.ogg", (64U << 20U) + 1);
    const auto said_of = [&](const std::string& more) {
        return lines("media: " + here, protocol("ReadFileAdaptor: { filename: a.ogg" + more + " }"),
                     server::check_files);
    };
    EXPECT_THAT(said_of(", readmode: whole"),
                ElementsAre("f.yaml:5:17: cannot send " + here +
                            "/a.ogg: larger than 64 MiB, the most that readmode whole sends"));
    EXPECT_THAT(said_of(""), IsEmpty());
}

TEST_F(MediaCheck, OneDirectoryIsComplainedAboutOnceAndEachOtherToo) {
    EXPECT_THAT(lines("media: " + here, std::string{web} + protocol("HTTPServer: { media: nope }") +
                                            "  two:\n    listen: tcp://127.0.0.1:0\n"
                                            "    protocol: [ HTTPServer: { media: nope } ]\n"
                                            "  three:\n    listen: tcp://127.0.0.1:0\n"
                                            "    protocol: [ HTTPServer: { media: /no } ]\n"),
                ElementsAre("f.yaml:6:17: " + why,
                            "f.yaml:12:17: cannot serve media from /no: No such file or directory"));
}

} // namespace
