// TCPServer when the process has no descriptors left.
#include "kamaelia/internet/tcp_server.hpp"

#include "tests/kamaelia/chassis/server_bench.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <fcntl.h>
#include <sys/resource.h>

namespace {

using namespace server_bench;

// No descriptor beyond those that are open now, as long as it lives.
class NoMoreDescriptors {
public:
    NoMoreDescriptors() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const Descriptor next{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
        auto now = before_;
        now.rlim_cur = static_cast<rlim_t>(next.get());
        ::setrlimit(RLIMIT_NOFILE, &now);
    }
    ~NoMoreDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    NoMoreDescriptors(const NoMoreDescriptors&) = delete;
    NoMoreDescriptors& operator=(const NoMoreDescriptors&) = delete;

private:
    rlimit before_{};
};

std::ptrdiff_t lines(const Bench& bench, std::string_view text) {
    return std::ranges::count_if(bench.log.lines, [&](const auto& line) { return line.text.contains(text); });
}

TEST(TCPServer, WithoutDescriptorsStopsTakingAndSaysSoOnceAndGoesOnWhenThereAreSome) {
    Bench bench;
    const auto address = bench.serve<Echo>();
    Client there{address};
    ASSERT_TRUE(bench.until([&] { return there.say("1"); }));
    ASSERT_TRUE(bench.until([&] { return there.heard == "1" || there.hear() || there.heard == "1"; }));
    std::deque<Client> late;
    for (int i = 0; i < 10; ++i) late.emplace_back(address);
    {
        const NoMoreDescriptors none;
        for (int i = 0; i < 30; ++i) bench.advance(100ms);
        EXPECT_EQ(lines(bench, "no more connections for now: Too many open files"), 1);
        ASSERT_TRUE(there.say("2")); // who is there does not notice
        ASSERT_TRUE(bench.until([&] { return there.heard == "12" || there.hear() || there.heard == "12"; }));
    }
    bench.advance(100ms);
    EXPECT_EQ(lines(bench, "takes connections again"), 1);
    for (auto& client : late) {
        ASSERT_TRUE(client.say("late"));
        EXPECT_TRUE(bench.until([&] { return client.hear() || client.heard == "late"; }));
        EXPECT_FALSE(client.reset);
    }
    EXPECT_EQ(lines(bench, "no more connections for now"), 1);
}

} // namespace
