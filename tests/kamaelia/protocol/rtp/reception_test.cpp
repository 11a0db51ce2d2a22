#include "kamaelia/protocol/rtp/reception.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>

namespace {

using namespace kamaelia::rtp;
using namespace std::chrono_literals;

constexpr Reception::Time start{1000s};

// Packets of 20 ms at 8 kHz that arrive when they should.
class Receiving {
public:
    bool take(int sequence) {
        timestamp += 160;
        time += 20ms;
        return reception.take(
            {.sequence = static_cast<std::uint16_t>(sequence), .timestamp = timestamp, .ssrc = 9}, time);
    }
    int take(int from, int until) {
        int taken = 0;
        for (; from != until; ++from) taken += take(from) ? 1 : 0;
        return taken;
    }

    Reception reception{8000};
    std::uint32_t timestamp = 0xFFFF'F000;
    Reception::Time time = start;
};

TEST(Reception, BelievesTwoInARow) {
    Receiving run;
    EXPECT_FALSE(run.take(5));
    EXPECT_FALSE(run.take(900));
    EXPECT_FALSE(run.take(900));
    EXPECT_TRUE(run.take(901));
    EXPECT_EQ(run.reception.received(), 1U);
    EXPECT_TRUE(run.take(902));
    EXPECT_EQ(run.reception.lost(), 0);
    EXPECT_EQ(run.reception.report(run.time), (ReportBlock{.ssrc = 9, .highest_sequence = 902}));
}

TEST(Reception, CountsWhatIsLost) {
    Receiving run;
    run.take(0, 100);
    EXPECT_EQ(run.reception.report(run.time).fraction_lost, 0);
    run.take(125, 200); // a quarter of a hundred
    auto report = run.reception.report(run.time);
    EXPECT_EQ(report.fraction_lost, 64);
    EXPECT_EQ(report.lost, 25);
    EXPECT_EQ(report.highest_sequence, 199U);
    EXPECT_EQ(run.reception.report(run.time).fraction_lost, 0); // nothing since
    // One comes late, some come twice: fewer are lost than none.
    run.take(110, 130);
    EXPECT_EQ(run.reception.lost(), 25 - 20);
    run.take(190, 200);
    report = run.reception.report(run.time);
    EXPECT_EQ(report.fraction_lost, 0);
    EXPECT_EQ(report.lost, -5);
    EXPECT_EQ(report.highest_sequence, 199U);
}

TEST(Reception, CountsOverWraps) {
    Receiving run;
    EXPECT_EQ(run.take(65'000, 65'000 + 3 * 65'536), 3 * 65'536 - 1);
    EXPECT_EQ(run.reception.lost(), 0);
    EXPECT_EQ(run.reception.report(run.time).highest_sequence, 0x3'0000U + 65'000 - 1);
    // Late ones from before a wrap are no wrap.
    Receiving late;
    late.take(65'530, 65'540);
    EXPECT_TRUE(late.take(65'535));
    EXPECT_EQ(late.reception.report(late.time).highest_sequence, 0x1'0003U);
}

TEST(Reception, AllowsAJumpAndAsksAboutAFarOne) {
    Receiving run;
    run.take(0, 10);
    EXPECT_TRUE(run.take(9 + 2999));
    EXPECT_FALSE(run.take(9 + 2999 + 3000));
    EXPECT_TRUE(run.take(9 + 2999 + 1)); // it was one of another kind
    EXPECT_FALSE(run.take(40'000));
    EXPECT_FALSE(run.take(50'000));
    EXPECT_TRUE(run.take(50'001)); // begun anew
    EXPECT_EQ(run.reception.received(), 1U);
    EXPECT_EQ(run.reception.lost(), 0);
    // A hundred back is late, more is far.
    run.take(50'002, 50'200);
    EXPECT_TRUE(run.take(50'199 - 99));
    EXPECT_FALSE(run.take(50'199 - 100));
}

TEST(Reception, MeasuresJitter) {
    Receiving even;
    even.take(0, 1000); // over the timestamp's wrap
    EXPECT_EQ(even.reception.jitter(), 0);
    Receiving run;
    for (int i = 0; i < 2000; ++i) {
        run.time += i % 2 == 0 ? 5ms : -5ms;
        run.take(i);
    }
    // By turns 5 ms late and in time: 40 ticks of difference each.
    EXPECT_NEAR(run.reception.jitter(), 40, 0.5);
    EXPECT_NEAR(run.reception.report(run.time).jitter, 40, 1);
    Receiving one;
    one.take(0, 3);
    one.time += 100ms;
    one.take(3);
    EXPECT_NEAR(one.reception.jitter(), 800 / 16.0, 0.1);
}

TEST(Reception, TellsWhenASenderReportCame) {
    Receiving run;
    run.take(0, 3);
    EXPECT_EQ(run.reception.report(start + 5s).since_last_report, 0U);
    run.reception.take_report(0x1234'5678, start);
    const auto report = run.reception.report(start + 5250ms);
    EXPECT_EQ(report.last_report, 0x1234'5678U);
    EXPECT_EQ(report.since_last_report, 0x0005'4000U);
}

TEST(Reception, ReportsOfNothing) {
    Reception reception{8000};
    EXPECT_EQ(reception.report(start), ReportBlock{});
    EXPECT_EQ(reception.lost(), 0);
}

} // namespace
