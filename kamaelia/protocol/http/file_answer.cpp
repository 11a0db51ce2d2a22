#include "kamaelia/protocol/http/file_answer.hpp"

#include "kamaelia/protocol/http/conditions.hpp"
#include "kamaelia/protocol/http/range.hpp"

#include <algorithm>
#include <string>
#include <variant>

namespace kamaelia::http {
namespace {

// What an answer with the file has, and a 304 instead of it (RFC 9110 15.4.5).
ResponseHead head_for(Status status, const ServedFile& file, const Validators& validators) {
    ResponseHead head{.status = status, .date = file.now};
    head.entity_tag = validators.tag;
    head.cache_control = cache_control(file.max_age);
    return head;
}

FileAnswer with_file(Status status, const ServedFile& file, const Validators& validators) {
    FileAnswer answer{.head = head_for(status, file, validators), .offset = 0, .count = file.version.size};
    answer.head.content_type = file.type;
    answer.head.last_modified = validators.modified;
    answer.head.accept_ranges = true;
    return answer;
}

} // namespace

FileAnswer answer_file(const Request& request, const ServedFile& file) {
    const auto modified = std::chrono::floor<std::chrono::seconds>(file.version.modified);
    const Validators validators{.tag = file_tag(file.version),
                                .modified = std::min<std::chrono::sys_seconds>(modified, file.now),
                                .has_modified = true,
                                .now = file.now};
    switch (check_conditions(request, validators)) {
    case Condition::not_modified: return {.head = head_for(Status::not_modified, file, validators)};
    case Condition::failed: return {.head = head_for(Status::precondition_failed, file, validators)};
    case Condition::holds: break;
    }
    const auto size = file.version.size;
    const auto range = range_counts(request, validators) ? request.field("Range") : std::nullopt;
    const auto selection = select_range(range, size);
    if (std::holds_alternative<Unsatisfiable>(selection)) {
        FileAnswer answer{.head = head_for(Status::range_not_satisfiable, file, validators)};
        answer.head.content_range = unsatisfied_content_range(size);
        answer.head.accept_ranges = true;
        return answer;
    }
    const auto* const part = std::get_if<Part>(&selection);
    auto answer = with_file(part ? Status::partial_content : Status::ok, file, validators);
    if (part) {
        answer.head.content_range = content_range(*part, size);
        answer.offset = part->first;
        answer.count = part->length();
    }
    answer.head.content_length = answer.count;
    return answer;
}

} // namespace kamaelia::http
