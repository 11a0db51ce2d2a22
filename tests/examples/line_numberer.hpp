// LineNumberer: puts a number before each line. Step one of docs/writing-a-component.md: a plain class.
#pragma once

#include <string>
#include <string_view>

namespace examples {

// [plain]
class LineNumberer {
public:
    explicit LineNumberer(int first = 1) : next_{first} {}

    std::string number(std::string_view line) { return std::to_string(next_++) + " " + std::string{line}; }
    void restart(int first) { next_ = first; }

private:
    int next_;
};
// [/plain]

} // namespace examples
