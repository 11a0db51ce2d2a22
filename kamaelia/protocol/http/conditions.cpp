#include "kamaelia/protocol/http/conditions.hpp"

#include "kamaelia/protocol/date.hpp"
#include "kamaelia/protocol/http/entity_tag.hpp"
#include "kamaelia/protocol/syntax.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace kamaelia::http {
namespace {

bool matches(const Request& request, std::string_view name, std::string_view tag, TagComparison comparison) {
    return std::ranges::any_of(request.fields, [&](const Field& field) {
        return iequals(field.name, name) &&
               (trim(field.value) == "*" || lists_tag(field.value, tag, comparison));
    });
}

// Of a field that may stand once; a date of something that has none says nothing.
std::optional<std::chrono::sys_seconds> date(const Request& request, std::string_view name,
                                             const Validators& validators) {
    const auto value = request.field(name);
    if (!value || !validators.has_modified) return std::nullopt;
    return parse_date(*value, validators.now);
}

bool may_go_on(const Request& request, const Validators& validators) {
    if (request.has("If-Match")) return matches(request, "If-Match", validators.tag, TagComparison::strong);
    const auto since = date(request, "If-Unmodified-Since", validators);
    return !since || validators.modified <= *since;
}

bool is_news(const Request& request, const Validators& validators) {
    if (request.has("If-None-Match"))
        return !matches(request, "If-None-Match", validators.tag, TagComparison::weak);
    const auto since = date(request, "If-Modified-Since", validators);
    return !since || validators.modified > *since;
}

} // namespace

Condition check_conditions(const Request& request, const Validators& validators) {
    if (!may_go_on(request, validators)) return Condition::failed;
    return is_news(request, validators) ? Condition::holds : Condition::not_modified;
}

bool range_counts(const Request& request, const Validators& validators) {
    if (request.method != Method::get) return false;
    if (!request.has("If-Range")) return true;
    const auto value = request.field("If-Range");
    if (!value) return false;
    if (value->starts_with('"') || value->starts_with("W/")) return *value == validators.tag;
    return date(request, "If-Range", validators) == validators.modified && validators.has_modified &&
           validators.modified < validators.now;
}

} // namespace kamaelia::http
