// What the programs of the message benchmark share: the stopwatch, and how a program prints its figure.
//
//     double pipe() { Stopwatch watch; ...; watch.start(); ...; watch.stop(); return watch.ns() / hops; }
//     int main(int argc, char** argv) { return bench::print(argc, argv, {{"pipe", pipe}}); }
//
// messages.py runs `PROGRAM ROW` and reads the figure.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <initializer_list>
#include <malloc.h>
#include <string_view>

namespace bench {

/// Of the whole process: what others do on the machine does not count, a runtime's own threads do.
inline std::chrono::nanoseconds processor_time() noexcept {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

/// Takes processor time.
class Stopwatch {
public:
    void start() noexcept { started_ = processor_time(); }
    void stop() noexcept { taken_ = processor_time() - started_; }
    [[nodiscard]] double ns() const noexcept { return static_cast<double>(taken_.count()); }

private:
    std::chrono::nanoseconds started_{};
    std::chrono::nanoseconds taken_{};
};

/// Bytes of the heap in use.
inline double heap_in_use() noexcept {
    const auto info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd);
}

struct Row {
    std::string_view name;
    double (*measure)();
};

/// Measures the row that is asked for and prints it; without one, lists the rows. What main() returns.
inline int print(int argc, char** argv, std::initializer_list<Row> rows) {
    for (const auto& row : rows) {
        if (argc < 2) {
            std::printf("%.*s\n", static_cast<int>(row.name.size()), row.name.data());
        } else if (row.name == argv[1]) {
            std::printf("%.6g\n", row.measure());
            return 0;
        }
    }
    return argc < 2 ? 0 : 64;
}

/// The sizes that all programs have in common.
inline constexpr int crowd = 100'000;    ///< components at once
inline constexpr int batch = 1'000;      ///< components started before the first of them is waited for
inline constexpr int listeners = 1'000;  ///< of one fan-out
inline constexpr int capacity = 64;      ///< of an inbox
inline constexpr int buffer_size = 4096; ///< of what is fanned out
inline constexpr int pending_timers = 1'000'000;

} // namespace bench
