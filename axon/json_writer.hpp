// JsonWriter: a JSON document, written as it goes. Only std, as the runtime knows nothing else; and a large
// snapshot is not built a second time as a tree.
//
//     JsonWriter json;
//     json.begin_object().key("name").value("Echo").key("boxes").begin_array().end_array().end_object();
//     send(std::move(json).text());               // {"name":"Echo","boxes":[]}
#pragma once

#include <concepts>
#include <string>
#include <string_view>

namespace axon {

/// The caller sees to it that each begin has its end, and each value in an object its key.
class JsonWriter {
public:
    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    JsonWriter& key(std::string_view name);

    /// Any bytes: see json_escaped().
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view{text}); }
    JsonWriter& value(std::same_as<bool> auto yes) { return raw(yes ? "true" : "false"); }
    template <std::integral Number>
        requires(!std::same_as<Number, bool>)
    JsonWriter& value(Number number) {
        return raw(std::to_string(number));
    }
    /// null for what JSON cannot say: infinities and NaN.
    JsonWriter& value(double number);
    JsonWriter& null() { return raw("null"); }

    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    JsonWriter& raw(std::string_view token);
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);

    std::string text_;
    bool follows_ = false; ///< another value, from which a comma parts the next
};

} // namespace axon
