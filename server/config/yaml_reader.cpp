#include "server/config/yaml_reader.hpp"

#include "axon/quote.hpp"
#include "server/config/text_check.hpp"
#include "server/config/yaml_builder.hpp"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <string>

namespace server {
namespace {

using axon::Where;

constexpr std::size_t longest = std::size_t{1024} * 1024;

// A place at or after the end of the text is the end of the text.
Where within(Where where, std::string_view text) {
    const auto lines = static_cast<std::uint32_t>(std::ranges::count(text, '\n') + 1);
    if (where.line < lines || (where.line == lines && !text.ends_with('\n'))) return where;
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    where.line = static_cast<std::uint32_t>(std::ranges::count(text, '\n') + 1);
    where.column = static_cast<std::uint32_t>(text.size() - (text.rfind('\n') + 1) + 1);
    return where;
}

std::string_view line_at(std::string_view text, Where where) {
    for (auto line = where.line; line > 1; --line) text.remove_prefix(text.find('\n') + 1);
    return text.substr(0, text.find('\n'));
}

// The parser's words for the commonest mistakes, in those of somebody who writes a configuration.
std::string explain(std::string_view message, std::string_view rest) {
    if (message == "illegal map value")
        return "unexpected \":\"; check the indentation, the space after each \":\", and whether a text "
               "needs quotes";
    if (message == "end of map not found" || message == "end of sequence not found")
        return "this line fits nothing above; is it indented like its neighbours, a key among keys or a dash "
               "among dashes?";
    if (message == "alias not found after *") return "a text that begins with \"*\" needs quotes";
    if (message == "unknown token" && !rest.empty())
        return "a text that begins with " + axon::quote(rest.substr(0, 1)) + " needs quotes";
    if (message.starts_with("the referenced anchor is not defined"))
        return "no \"&\" above has this name; a text that begins with \"*\" needs quotes";
    if (message.starts_with("unknown escape character"))
        return "a \"\\\" that begins no escape; expected \"\\\\\", or single quotes around the text";
    if (message == "illegal flow end") return "this bracket closes none that is open";
    return "not YAML: " + std::string{message};
}

// Where a text in quotes begins that does not end; of a text whose only fault that is. Brackets, commas,
// colons and spaces are what a quote can follow.
std::optional<std::size_t> open_quote(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool may_begin = i == 0 || std::string_view{" \t\r\n[{,:"}.contains(text[i - 1]);
        if (text[i] == '#' && may_begin) i = std::min(text.find('\n', i), text.size());
        if (i == text.size() || !may_begin || (text[i] != '"' && text[i] != '\'')) continue;
        auto end = i + 1;
        while (end < text.size() && text[end] != text[i]) end += text[i] == '"' && text[end] == '\\' ? 2 : 1;
        if (end >= text.size()) return i;
        i = end;
    }
    return std::nullopt;
}

axon::Complaint syntax_error(const YAML::Exception& error, const YamlBuilder& builder,
                             std::string_view text) {
    auto where = within(builder.place(error.mark), text);
    if (error.msg == "illegal EOF in scalar") {
        if (const auto quote = open_quote(text)) where = place_of(text, *quote, where.source);
        return {where, "this text in quotes does not end"};
    }
    const auto line = line_at(text, where);
    const auto indentation = line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
    if (const auto tab = indentation.find('\t'); tab != std::string_view::npos) {
        where.column = static_cast<std::uint32_t>(tab + 1);
        return {where, "a tab indents this line; expected spaces"};
    }
    const auto column = std::min<std::size_t>(where.column - 1, line.size());
    const auto rest = line.substr(column);
    const auto open = builder.open_since();
    if (open && (error.msg == "end of sequence flow not found" || error.msg == "end of map flow not found")) {
        if (column > 0 && !std::string_view{" \t,:[{"}.contains(line[column - 1]) &&
            rest.find_first_of("[{") == 0)
            return {where, "a text with " + axon::quote(rest.substr(0, 1)) + " needs quotes inside brackets"};
        const auto bracket = error.msg.contains("sequence") ? "\"[\"" : "\"{\"";
        return {where, "expected a comma, or the end of the " + std::string{bracket} + " at " +
                           std::to_string(open->line) + ":" + std::to_string(open->column)};
    }
    if (column > indentation.size() && error.msg == "end of map not found")
        return {where, "unexpected " + axon::quote(rest) + " after a value; does the whole need quotes?"};
    return {where, explain(error.msg, rest)};
}

} // namespace

YamlTree read_yaml(std::string_view text, const Environment& environment, std::uint32_t source,
                   axon::Complaints& complaints) {
    const auto add = [&](const axon::Complaint& complaint) {
        complaints.add(complaint.where, complaint.text);
    };
    YamlTree nothing{.root = axon::Setting::faulty({.source = source}), .whole = false};
    if (text.size() > longest) {
        add({{.source = source}, "longer than 1 MiB; expected a shorter text"});
        return nothing;
    }
    if (const auto unreadable = find_unreadable(text, source)) {
        add(*unreadable);
        return nothing;
    }
    YamlBuilder builder{text, environment, source, complaints};
    // Without the comment, the parser takes a text in quotes that never ends for one that ends with the file.
    std::istringstream stream{std::string{text} + "\n#"};
    try {
        YAML::Parser parser{stream};
        while (parser.HandleNextDocument(builder)) {
        }
        return {.root = builder.take_root(), .whole = true};
    } catch (const YamlBuilder::Abort& abort) {
        add(abort.complaint);
    } catch (const YAML::Exception& error) {
        add(syntax_error(error, builder, text));
    }
    return {.root = builder.take_what_ended(), .whole = false};
}

} // namespace server
