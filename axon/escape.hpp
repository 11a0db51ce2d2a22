// escape: somebody's text made fit to stand between the double quotes of a JSON, dot or mermaid document.
#pragma once

#include <string>
#include <string_view>

namespace axon {

/// RFC 8259. Bytes that are not UTF-8 become U+FFFD, so that the document is valid whatever the text is.
[[nodiscard]] std::string json_escaped(std::string_view text);
/// For a label of Graphviz. Control characters and bytes that are not UTF-8 are shown as \xNN.
[[nodiscard]] std::string dot_escaped(std::string_view text);
/// For a label of a flowchart; control characters and what is not UTF-8 as in dot.
[[nodiscard]] std::string mermaid_escaped(std::string_view text);

} // namespace axon
