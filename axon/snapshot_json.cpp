#include "axon/snapshot_json.hpp"

#include "axon/json_writer.hpp"

namespace axon {
namespace {

std::string_view word(Awaited::What what) {
    using enum Awaited::What;
    switch (what) {
    case input: return "input";
    case room: return "room";
    case control: return "control";
    case any_box: return "any box";
    case turn: return "turn";
    case time: return "time";
    case children: return "children";
    case work: return "work";
    case other: return "other";
    }
    std::unreachable();
}

std::string_view word(Overflow overflow) {
    switch (overflow) {
    case Overflow::wait: return "wait";
    case Overflow::drop_oldest: return "drop_oldest";
    case Overflow::drop_newest: return "drop_newest";
    }
    std::unreachable();
}

void write_id(JsonWriter& json, Snapshot::Id id) {
    if (id == Snapshot::none) {
        json.null();
    } else {
        json.value(id);
    }
}

void write(JsonWriter& json, const Snapshot::BoxName& name) {
    json.begin_object().key("component");
    write_id(json, name.component);
    json.key("box").value(name.box).end_object();
}

void write(JsonWriter& json, const Snapshot::Reason& reason) {
    json.begin_object().key("what").value(word(reason.what));
    if (reason.box) write(json.key("box"), *reason.box);
    if (reason.full) write(json.key("full"), *reason.full);
    if (reason.left) {
        json.key("milliseconds");
        json.value(std::chrono::ceil<std::chrono::milliseconds>(*reason.left).count());
    }
    if (!reason.text.empty()) json.key("text").value(reason.text);
    json.end_object();
}

void write(JsonWriter& json, const Snapshot::Await& await) {
    json.begin_object().key("count").value(await.count).key("for").begin_array();
    for (const auto& reason : await.reasons) write(json, reason);
    json.end_array();
    if (await.at.line > 0) json.key("file").value(await.at.file).key("line").value(await.at.line);
    json.end_object();
}

void write(JsonWriter& json, const Snapshot::Box& box) {
    json.begin_object().key("name").value(box.name).key("direction").value(box.inbox ? "in" : "out");
    json.key("type").value(box.type);
    if (box.inbox) {
        json.key("depth").value(box.depth).key("capacity").value(box.capacity);
        json.key("bytes").value(box.bytes).key("byte_capacity").value(box.byte_capacity);
        json.key("overflow").value(word(box.overflow));
        json.key("received").value(box.received).key("taken").value(box.taken);
        json.key("dropped").value(box.dropped);
    } else {
        json.key("sent").value(box.sent).key("discarded").value(box.discarded);
    }
    json.end_object();
}

void write_states(JsonWriter& json, const Snapshot::Component& group) {
    json.key("states").begin_object();
    for (std::size_t i = 0; i < group.states.size(); ++i) {
        if (group.states[i] == 0) continue;
        json.key(show(static_cast<Component::State>(i))).value(group.states[i]);
    }
    json.end_object();
}

void write(JsonWriter& json, const Snapshot& snapshot, Snapshot::Id id) {
    const auto& component = snapshot.components[id];
    json.begin_object().key("id").value(id).key("path").value(snapshot.path(id));
    write_id(json.key("parent"), component.parent);
    json.key("class").value(component.class_name).key("seen").value(component.seen);
    if (component.seen) {
        if (component.serial > 0) json.key("serial").value(component.serial);
        json.key("count").value(component.count);
        if (component.count == 1) {
            json.key("state").value(show(snapshot.state(id)));
        } else {
            write_states(json, component);
        }
        json.key("waits").begin_array();
        for (const auto& await : component.awaits) write(json, await);
        json.end_array().key("boxes").begin_array();
        for (const auto& box : component.boxes) write(json, box);
        json.end_array();
    }
    json.end_object();
}

} // namespace

std::string snapshot_json(const Snapshot& snapshot) {
    JsonWriter json;
    json.begin_object().key("components").begin_array();
    for (Snapshot::Id id = 0; id < snapshot.components.size(); ++id) write(json, snapshot, id);
    json.end_array().key("linkages").begin_array();
    for (const auto& linkage : snapshot.linkages) {
        write(json.begin_object().key("from"), linkage.from);
        write(json.key("to"), linkage.to);
        json.end_object();
    }
    json.end_array().key("services").begin_array();
    for (const auto& service : snapshot.services) {
        json.begin_object().key("name").value(service.name).key("inbox");
        write(json, service.inbox);
        json.end_object();
    }
    json.end_array().key("whole").value(snapshot.whole).end_object();
    return std::move(json).text();
}

} // namespace axon
