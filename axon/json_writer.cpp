#include "axon/json_writer.hpp"

#include "axon/escape.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace axon {

JsonWriter& JsonWriter::key(std::string_view name) {
    value(name);
    text_ += ':';
    follows_ = false;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) { return raw('"' + json_escaped(text) + '"'); }

JsonWriter& JsonWriter::value(double number) {
    if (!std::isfinite(number)) return null();
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

JsonWriter& JsonWriter::raw(std::string_view token) {
    if (follows_) text_ += ',';
    text_ += token;
    follows_ = true;
    return *this;
}

JsonWriter& JsonWriter::open(char bracket) {
    raw({&bracket, 1});
    follows_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    text_ += bracket;
    follows_ = true;
    return *this;
}

} // namespace axon
