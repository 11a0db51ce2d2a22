// Making and cutting linkages between boxes, by reference or by name.
#pragma once

#include "axon/box.hpp"

#include <cstdint>
#include <string_view>

namespace axon {

/// The one place that changes linkages. Messages already queued stay or move on, none is lost; a sender
/// that waits looks again.
class Linkages {
public:
    /// Throws LinkError: `from` leads somewhere already, the types do not fit, or it would close a loop.
    static void link(Box& from, Box& to);
    /// Cuts what leads from here; the destination is not ended by it. No linkage, no effect.
    static void unlink(Box& from) noexcept;
    /// Leads `from` to `to` instead, in one step.
    static void relink(Box& from, Box& to);
    /// Cuts everything that leads here; sources discard from now on.
    static void unlink_sources(Box& to) noexcept;
    /// What an inbox holds goes back to the inbox that led here, if that is all that did: a child that ends
    /// leaves what it has not read to the next one behind its composite's box.
    static void hand_back(InboxBase& from) noexcept;
    /// As unlink, but the destination counts this source as finished.
    static void close(Box& from) noexcept;

private:
    static void require_linkable(Box& from, Box& to);
    static void require_upstream(const Box& box, const InboxBase& final);
    static void join(Box& from, Box& to) noexcept;
    /// What becomes of a destination: a place is kept in it, or its source has ended, or it was lent to a
    /// Sender, which neither ends it nor keeps it from having ended.
    enum class Cut : std::uint8_t { unlinked, closed, given_back };

    static void attach(Box& from, Box& to) noexcept;
    static void cut(Box& from) noexcept;
    static void detach(Box& from, Cut cut) noexcept;
    static void opened(Box& box, bool lent) noexcept;
    static void shut(Box& box, Cut cut) noexcept;
    static void mark_closed(Box& box) noexcept;
    static void move_all(InboxBase& from, InboxBase& to) noexcept;
    static InboxBase* final_inbox(Box& box) noexcept;
    static void resolve_upstream(Box& box, InboxBase* final) noexcept;
    static void resolve(OutboxBase& outbox, InboxBase* final) noexcept;
    static void look_again(InboxBase& inbox) noexcept;
};

/// Whether messages of type `from` may go into an inbox of type `to`.
[[nodiscard]] bool fits(const MessageType& from, const MessageType& to) noexcept;

/// By name, `control` and `signal` included. Throws LinkError naming what is wrong and what there is.
void link(Component& from, std::string_view outbox, Component& to, std::string_view inbox);

} // namespace axon
