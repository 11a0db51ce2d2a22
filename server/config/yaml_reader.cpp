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
        return "this line is not indented like what it belongs to";
    if (message == "unknown token" && !rest.empty())
        return "a text that begins with " + axon::quote(rest.substr(0, 1)) + " needs quotes";
    if (message == "illegal EOF in scalar") return "a text in quotes does not end";
    return "not YAML: " + std::string{message};
}

axon::Complaint syntax_error(const YAML::Exception& error, const YamlBuilder& builder,
                             std::string_view text) {
    auto where = within(builder.place(error.mark), text);
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
    return {where, explain(error.msg, rest)};
}

} // namespace

std::optional<axon::Setting> read_yaml(std::string_view text, const Environment& environment,
                                       std::uint32_t source, axon::Complaints& complaints) {
    const auto refuse = [&](const axon::Complaint& complaint) {
        complaints.add(complaint.where, complaint.text);
        return std::nullopt;
    };
    if (text.size() > longest) return refuse({{.source = source}, "longer than 1 MiB"});
    if (const auto unreadable = find_unreadable(text, source)) return refuse(*unreadable);

    YamlBuilder builder{text, environment, source, complaints};
    // Without the comment, the parser takes a text in quotes that never ends for one that ends with the file.
    std::istringstream stream{std::string{text} + "\n#"};
    try {
        YAML::Parser parser{stream};
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YamlBuilder::Abort& abort) {
        return refuse(abort.complaint);
    } catch (const YAML::Exception& error) {
        return refuse(syntax_error(error, builder, text));
    }
    return builder.take_root();
}

} // namespace server
