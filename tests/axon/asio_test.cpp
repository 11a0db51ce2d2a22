// asio: operations of Boost.Asio awaited by components, on a context that the test runs between their turns.
#include "axon/asio.hpp"

#include "axon/combine.hpp"

#include <boost/asio/connect_pipe.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/readable_pipe.hpp>
#include <boost/asio/writable_pipe.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include "tests/axon/parts.hpp"

#include <any>
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

using namespace parts;
using namespace std::chrono_literals;
namespace asio = boost::asio;
using axon::Task;
using axon::testing::Rig;
using axon::testing::RigOptions;

struct Context : asio::io_context {
    asio::executor_work_guard<executor_type> never_out_of_work{get_executor()};
};

struct Pipe {
    explicit Pipe(Context& its) : context{its}, in{its}, out{its} { asio::connect_pipe(in, out); }
    void write(const std::string& text) { asio::write(out, asio::buffer(text)); }
    Context& context;
    asio::readable_pipe in;
    asio::writable_pipe out;
};

// Three by three.
struct Reads final : axon::Component {
    explicit Reads(Pipe& from) : pipe{from} {}
    Task<> main() override {
        std::array<char, 3> three{};
        while (!error) {
            std::size_t size = 0;
            std::tie(error, size) = co_await axon::asio(
                *this, pipe.context, asio::async_read(pipe.in, asio::buffer(three), asio::deferred));
            heard.append(three.data(), size);
        }
    }
    Pipe& pipe;
    std::string heard;
    boost::system::error_code error;
};

// Line by line, into a buffer that is gone with the frame.
struct ReadsLines final : axon::Component {
    explicit ReadsLines(Pipe& from) : pipe{from} {}
    Task<> main() override {
        std::string text;
        while (true) {
            const auto [error, size] = co_await axon::asio(
                *this, pipe.context,
                asio::async_read_until(pipe.in, asio::dynamic_buffer(text), '\n', asio::deferred));
            if (error) co_return;
            heard.push_back(text.substr(0, size - 1));
            text.erase(0, size);
        }
    }
    Pipe& pipe;
    Strings heard;
};

TEST(Asio, AComponentWaitsForAnOperationAndHasAllThatItCompletesWith) {
    Context context;
    Rig rig;
    Pipe pipe{context};
    auto& reads = rig.add<Reads>(pipe);
    rig.run();
    pipe.write("abcd");
    context.poll();
    EXPECT_EQ(reads.heard, "") << "it goes on in its own turn, not in the operation's";
    rig.run();
    EXPECT_EQ(reads.heard, "abc");
    context.poll();
    rig.run();
    EXPECT_EQ(reads.heard, "abc") << "and has nothing before the operation is complete";
    pipe.write("efgh");
    pipe.out.close();
    while (context.poll() > 0) rig.run();
    EXPECT_EQ(reads.heard, "abcdefgh") << "what comes with an error, too";
    EXPECT_EQ(reads.error, asio::error::eof);
    EXPECT_TRUE(rig.ended(reads));
}

TEST(Asio, AStopCancelsTheOperationAndNothingOfItIsLeft) {
    in_every_order([](const RigOptions& options) {
        Context context;
        Rig rig{options};
        Pipe pipe{context};
        auto& lines = rig.add<ReadsLines>(pipe);
        pipe.write("first\nhalf");
        for (int i = 0; i < 3; ++i) {
            rig.run();
            context.poll();
        }
        EXPECT_EQ(lines.heard, (Strings{"first"}));
        rig.stop(lines);
        EXPECT_EQ(context.poll(), 0U) << "it has ended, while its buffer was there";
        pipe.write(" and the rest\n");
        auto& next = rig.add<ReadsLines>(pipe);
        for (int i = 0; i < 3; ++i) {
            rig.run();
            context.poll();
        }
        EXPECT_EQ(next.heard, (Strings{" and the rest"})) << "it has read nothing more";
    });
}

TEST(Asio, AStopBetweenTheCompletionAndTheTurnThrowsTheResultAway) {
    in_every_order([](const RigOptions& options) {
        Context context;
        Rig rig{options};
        Pipe pipe{context};
        auto& reads = rig.add<Reads>(pipe);
        rig.run();
        pipe.write("abc");
        context.poll();
        rig.stop(reads);
        rig.run();
        EXPECT_TRUE(rig.ended(reads));
        EXPECT_EQ(reads.heard, "");
    });
}

TEST(Asio, ASystemMayGoBeforeTheContextAndTheContextBeforeIt) {
    for (const bool context_first : {false, true}) {
        for (const bool completed : {false, true}) {
            std::optional<Context> context{std::in_place};
            std::optional<Rig> rig{std::in_place};
            std::optional<Pipe> pipe{std::in_place, *context};
            auto& reads = rig->add<Reads>(*pipe);
            auto& lines = rig->add<ReadsLines>(*pipe);
            rig->run();
            if (completed) {
                pipe->write("one line\n");
                context->poll();
            }
            if (completed || !context_first) rig.reset();
            pipe.reset();
            context.reset();
            if (!rig) continue;
            rig->stop(reads);
            rig->run();
            EXPECT_TRUE(rig->ended(reads));
            EXPECT_TRUE(rig->ended(lines)) << "its operation was dropped";
        }
    }
}

// Operations by their signatures: what they complete with is posted.
template <class Signature, class... Values>
auto completes(Context& context, Values... values) {
    return asio::async_initiate<const asio::deferred_t, Signature>(
        [&context](auto handler, Values... with) {
            asio::post(context, [handler = std::move(handler), ... with = std::move(with)]() mutable {
                std::move(handler)(std::move(with)...);
            });
        },
        asio::deferred, std::move(values)...);
}

struct Results final : axon::Component {
    explicit Results(Context& its) : context{its} {}
    Task<> main() override {
        nothing = co_await axon::asio(*this, context, asio::post(context, asio::deferred));
        number = co_await axon::asio(*this, context, completes<void(int)>(context, 7));
        list = co_await axon::asio(
            *this, context, completes<void(std::vector<std::any>)>(context, std::vector<std::any>{1, 2}));
        pair = co_await axon::asio(
            *this, context, completes<void(int, std::unique_ptr<int>)>(context, 8, std::make_unique<int>(9)));
    }
    Context& context;
    std::tuple<> nothing;
    int number = 0;
    std::vector<std::any> list;
    std::tuple<int, std::unique_ptr<int>> pair;
};

TEST(Asio, GivesOneValueAsItIsAndSeveralAsATuple) {
    Context context;
    Rig rig;
    auto& results = rig.add<Results>(context);
    rig.run();
    while (context.poll() > 0) rig.run();
    EXPECT_TRUE(rig.ended(results));
    EXPECT_EQ(results.number, 7);
    EXPECT_EQ(results.list.size(), 2U) << "not a list of it";
    EXPECT_EQ(std::get<0>(results.pair), 8);
    ASSERT_TRUE(std::get<1>(results.pair));
    EXPECT_EQ(*std::get<1>(results.pair), 9);
}

TEST(Asio, AnOperationThatCannotBeCancelledEndsByItselfUnheard) {
    std::move_only_function<void(int)> complete;
    struct Waits final : axon::Component {
        explicit Waits(std::move_only_function<void(int)>& later) : complete{later} {}
        Task<> main() override {
            number = co_await axon::asio(
                *this, context,
                asio::async_initiate<const asio::deferred_t, void(int)>(
                    [this](auto handler) { complete = std::move(handler); }, asio::deferred));
        }
        std::move_only_function<void(int)>& complete;
        Context context;
        int number = 0;
    };
    for (const bool dropped : {false, true}) {
        Rig rig;
        auto& waits = rig.add<Waits>(complete);
        rig.run();
        rig.stop(waits);
        EXPECT_TRUE(rig.ended(waits));
        if (!dropped) complete(7);
        complete = nullptr;
        rig.run();
        EXPECT_EQ(waits.number, 0);
    }
    Rig rig;
    auto& waits = rig.add<Waits>(complete);
    rig.run();
    complete = nullptr;
    rig.run();
    EXPECT_TRUE(rig.ended(waits)) << "who waits for one that is dropped fails";
    ASSERT_EQ(rig.log().size(), 1U);
    EXPECT_NE(rig.log()[0].text.find("asio"), std::string::npos) << rig.log()[0].text;
}

TEST(Asio, AnOperationCanHaveATimeLimit) {
    struct Hurries final : axon::Component {
        explicit Hurries(Pipe& from) : pipe{from} {}
        Task<> main() override {
            std::string text;
            const auto got = co_await axon::within(
                1s, axon::asio(
                        *this, pipe.context,
                        asio::async_read_until(pipe.in, asio::dynamic_buffer(text), '\n', asio::deferred)));
            late = !got;
        }
        Pipe& pipe;
        bool late = false;
    };
    Context context;
    Rig rig;
    Pipe pipe{context};
    auto& hurries = rig.add<Hurries>(pipe);
    rig.advance(999ms);
    EXPECT_FALSE(rig.ended(hurries));
    rig.advance(1ms);
    EXPECT_TRUE(rig.ended(hurries));
    EXPECT_TRUE(hurries.late);
    EXPECT_EQ(context.poll(), 0U) << "the operation has ended with it";
}

} // namespace
