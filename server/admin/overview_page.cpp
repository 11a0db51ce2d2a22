#include "server/admin/overview_page.hpp"

#include "axon/who_waits_where.hpp"
#include "kamaelia/util/html.hpp"

#include <cstdio>
#include <string_view>
#include <variant>

namespace server::admin {
namespace {

using kamaelia::escape_html;

constexpr std::string_view page_begin = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>kamaeliad</title>
<style>
body { font-family: sans-serif; margin: 1em auto; max-width: 60em; padding: 0 1em; color-scheme: light dark }
td { padding: .1em 1em .1em 0; vertical-align: top }
td:last-child { text-align: right; font-variant-numeric: tabular-nums }
pre { overflow-x: auto }
</style>
</head>
<body>
)";

struct Shown {
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(double number, int digits = 2) const {
        std::string text(32, '\0');
        text.resize(
            static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.*f", digits, number)));
        return text;
    }
    std::string operator()(const axon::Distribution& all) const {
        const auto count = all.at_most.back();
        const auto mean = count == 0 ? 0 : all.sum / static_cast<double>(count);
        return std::to_string(count) + " times, in the mean " + (*this)(mean, 4);
    }
    std::string operator()(auto number) const { return std::to_string(number); }
};

std::string labels_of(const axon::ValueSample& sample) {
    std::string text;
    for (const auto& [name, value] : sample.labels) text += " " + name + "=" + value;
    return text;
}

std::string table(std::span<const axon::ValueFamily> families) {
    std::string rows;
    for (const auto& family : families) {
        for (const auto& sample : family.samples) {
            rows += "<tr><td title=\"" + escape_html(family.help) + "\">" + escape_html(family.name) +
                    escape_html(labels_of(sample)) + "</td><td>" +
                    escape_html(std::visit(Shown{}, sample.reading)) + "</td></tr>\n";
        }
    }
    return "<table>\n" + rows + "</table>\n";
}

} // namespace

std::string overview_page(const Condition& condition, std::span<const axon::ValueFamily> families,
                          const axon::Snapshot& components) {
    std::string page{page_begin};
    page += "<h1>kamaeliad " + escape_html(condition.version) + "</h1>\n<p>";
    page += condition.healthy ? "Every scheduler gives turns." : "A scheduler gives no turns any more.";
    page += condition.draining ? " Draining: no connection is taken any more." : "";
    page += "</p>\n<p>For programs: <a href=\"/metrics\">metrics</a>, <a href=\"/stats\">stats</a>, "
            "<a href=\"/healthz\">healthz</a>, <a href=\"/readyz\">readyz</a>, "
            "<a href=\"/graph\">graph</a> (<a href=\"/graph?format=dot\">dot</a>, "
            "<a href=\"/graph?format=mermaid\">mermaid</a>)</p>\n<h2>Values</h2>\n";
    page += table(families);
    page += "<h2>Components</h2>\n<pre>" + escape_html(axon::who_waits_where(components)) + "</pre>\n";
    return page + "</body>\n</html>\n";
}

} // namespace server::admin
