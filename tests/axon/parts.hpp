// Small components that the tests of axon are made of, and the orders that they run in.
#pragma once

#include "axon/composite.hpp"
#include "axon/ended.hpp"
#include "axon/filter.hpp"
#include "axon/sleep.hpp"
#include "axon/testing/rig.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace parts {

using Ints = std::vector<int>;
using Strings = std::vector<std::string>;

/// Runs `test(options)` under many run orders, each with a quota of one message and of 64.
template <class Test>
void in_every_order(std::uint64_t seeds, Test&& test) {
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
        for (const std::uint32_t quota : {1U, 64U}) {
            test(axon::testing::RigOptions{.shuffle = seed, .quota = quota});
            if (testing::Test::HasFailure()) {
                FAIL() << "with seed " << seed << " and quota " << quota;
            }
        }
    }
}

/// As many as it takes for the corners of the contract.
template <class Test>
void in_every_order(Test&& test) {
    in_every_order(300, std::forward<Test>(test));
}

/// first, first + 1, ... (count of them)
inline Ints counting(int first, int count) {
    Ints numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), first);
    return numbers;
}

template <class T>
class EchoOf final : public axon::Filter<T, T> {
    axon::Task<> main() override {
        while (auto message = co_await this->inbox.receive()) co_await this->outbox.send(std::move(*message));
    }
};
using Echo = EchoOf<int>;

/// Sends so many numbers and ends.
class Count final : public axon::Source<int> {
public:
    Count(int first, int count) : first_{first}, count_{count} {}

private:
    axon::Task<> main() override {
        for (int i = 0; i < count_; ++i) co_await outbox.send(first_ + i);
    }
    int first_, count_;
};

/// Sends numbers for ever.
class CountForEver final : public axon::Source<int> {
    axon::Task<> main() override {
        for (int i = 0;; ++i) co_await outbox.send(i);
    }
};

/// Keeps what it hears.
class Collect final : public axon::Sink<int> {
public:
    Ints heard;
    bool saw_the_end = false;

private:
    axon::Task<> main() override {
        while (auto number = co_await inbox.receive()) heard.push_back(*number);
        saw_the_end = true;
    }
};

/// Takes so many messages and ends.
class Take final : public axon::Filter<int, int> {
public:
    explicit Take(int count) : count_{count} {}

private:
    axon::Task<> main() override {
        for (int i = 0; i < count_; ++i) {
            auto number = co_await inbox.receive();
            if (!number) co_return;
            co_await outbox.send(*number);
        }
    }
    int count_;
};

/// Has boxes and never looks into them.
template <class T>
class Idle final : public axon::Filter<T, T> {
public:
    explicit Idle(const axon::InboxOptions& options = {}) { this->inbox.set_options(options); }

private:
    axon::Task<> main() override { co_await this->sleep_for(std::chrono::hours{24 * 365}); }
};

/// Writes its name to a text at each turn.
class Turns final : public axon::Component {
public:
    Turns(char name, int count, std::string& text) : name_{name}, left_{count}, text_{text} {}

private:
    axon::Task<> main() override {
        while (left_-- > 0) {
            text_ += name_;
            co_await yield();
        }
    }
    char name_;
    int left_;
    std::string& text_;
};

/// Fails at its second turn.
class Throws final : public axon::Component {
    axon::Task<> main() override {
        co_await yield();
        throw std::runtime_error{"broken"};
    }
};

/// Keeps what comes by its control, in words.
class ControlLog final : public axon::Component {
public:
    ControlLog() : Component{axon::handles_control} {}
    Strings heard;

private:
    axon::Task<> main() override {
        while (true) {
            const auto news = co_await control.receive();
            if (std::holds_alternative<axon::ProducerFinished>(news)) heard.emplace_back("finished");
            if (std::holds_alternative<axon::Shutdown>(news)) heard.emplace_back("shutdown");
            if (const auto* failure = std::get_if<axon::Failure>(&news))
                heard.push_back("failure: " + failure->what);
        }
    }
};

} // namespace parts
