// What the system says of this process.
#include "server/admin/process_status.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace {

using server::admin::parse_process_status;

constexpr const char* stat =
    "4711 (a ) b) S 1 1 1 0 -1 4194560 500 0 0 0 150 50 0 0 20 0 3 0 1000 123456 789 "
    "18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";

TEST(ProcessStatus, IsReadFromWhatTheKernelTells) {
    const auto status = parse_process_status(stat, 1700000000.0, 100, 4096);
    EXPECT_EQ(status.cpu_seconds, 2.0);
    EXPECT_EQ(status.virtual_, 123456U);
    EXPECT_EQ(status.resident, 789U * 4096U);
    EXPECT_EQ(status.start_time, 1700000010.0);
}

TEST(ProcessStatus, IsEmptyWhereItIsNotTold) {
    EXPECT_FALSE(parse_process_status(stat, {}, 100, 4096).start_time);
    for (const auto* text : {"", "4711 (a) S 1 1", "nonsense"}) {
        const auto status = parse_process_status(text, 1.0, 100, 4096);
        EXPECT_FALSE(status.cpu_seconds || status.virtual_ || status.resident || status.start_time) << text;
    }
}

#ifdef __linux__
TEST(ProcessStatus, OfThisProcessIsWhole) {
    const auto status = server::admin::read_process_status();
    EXPECT_TRUE(status.cpu_seconds && status.virtual_ && status.start_time);
    EXPECT_GT(status.resident.value(), 100'000U);
    EXPECT_GE(status.open_fds.value(), 3U);
    EXPECT_GE(status.max_fds.value(), *status.open_fds);
    const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
    EXPECT_LT(*status.start_time, now.count() + 1);
    EXPECT_GT(*status.start_time, now.count() - 3600) << "this test has not run for an hour";
}
#endif

} // namespace
