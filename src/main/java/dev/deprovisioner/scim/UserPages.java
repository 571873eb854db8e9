package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.scim.PageRequest.Cursor;
import dev.deprovisioner.scim.PageRequest.Index;
import dev.deprovisioner.scim.ScimGroup.Member;
import dev.deprovisioner.scim.ScimProperties.UserPaging;
import dev.deprovisioner.scim.UserPage.Membership;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the pages of a list of users together, without any I/O. The list is complete only if its last page says so and no page
 * contradicts another one.
 */
final class UserPages {

    /** Short pages are allowed: so many, and one more for each ten members. */
    private static final int MOST_SHORT_PAGES = 10;

    private final int mostMembers;
    private final int mostPages;
    private final UserPaging paging;
    private final Set<MemberId> members = new LinkedHashSet<>();
    private final Set<String> cursors = new HashSet<>();
    private int pages;
    private long listed;
    private long indirect;
    private long total = -1;
    private boolean cut;
    private boolean contradicted;

    UserPages(int mostMembers, UserPaging paging) {
        this.mostMembers = mostMembers;
        this.paging = paging;
        this.mostPages = MOST_SHORT_PAGES + mostMembers / 10;
    }

    /** @return which page to ask for next; empty if the list is at its end, or cannot be completed */
    Optional<PageRequest> add(PageRequest asked, UserPage page) {
        boolean consistent = isInPlace(asked, page) && agrees(page) && collect(page);
        if (!consistent) {
            return contradict();
        }
        return page.nextCursor().isBlank() ? withoutCursor(asked, page) : withCursor(asked, page.nextCursor());
    }

    /** Ends the list where it is: there may be more. */
    Optional<PageRequest> cut() {
        cut = true;
        return Optional.empty();
    }

    /** Ends the list where it is: nothing in it can be relied on. */
    private Optional<PageRequest> contradict() {
        contradicted = true;
        return cut();
    }

    /** Whether a page contradicts itself or another page. */
    boolean isContradicted() {
        return contradicted;
    }

    MemberList list() {
        var found = members.stream().map(id -> new Member(id, false)).toList();
        return new MemberList(found, false, total < 0 ? -1 : total - indirect, cut);
    }

    /** Whether some users are in the group only through another group, which then is a member. */
    boolean showsNestedGroups() {
        return indirect > 0;
    }

    /** An answer to an index that the provider ignores is the first page again. */
    private static boolean isInPlace(PageRequest asked, UserPage page) {
        long expected = switch (asked) {
            case Index(long first) -> first;
            case Cursor(var value) -> value.isEmpty() ? 1 : Math.max(1, page.startIndex());
        };
        return page.startIndex() < 0 || Math.max(1, page.startIndex()) == expected;
    }

    /** Whether the counts of a page fit its users, and the pages before. */
    private boolean agrees(UserPage page) {
        boolean sameTotal = total < 0 || page.total() < 0 || page.total() == total;
        total = Math.max(total, page.total());
        return sameTotal
                && (page.itemsPerPage() < 0
                        || page.itemsPerPage() >= page.users().size());
    }

    /** A user who is listed twice stands in the place of another one. */
    private boolean collect(UserPage page) {
        pages++;
        listed += page.users().size();
        boolean usable = true;
        for (var user : page.users()) {
            indirect += user.membership() == Membership.INDIRECT ? 1 : 0;
            usable &= user.membership() != Membership.NONE;
            usable &= user.membership() != Membership.MEMBER || members.add(user.id());
        }
        return usable;
    }

    private Optional<PageRequest> withCursor(PageRequest asked, String cursor) {
        return switch (asked) {
            case Cursor before when cursors.add(cursor) -> goOn(new Cursor(cursor));
            case Cursor before -> contradict();
            case Index before -> contradict();
        };
    }

    private Optional<PageRequest> withoutCursor(PageRequest asked, UserPage page) {
        if (total >= 0 && total < listed) {
            return contradict();
        }
        if (page.saysMore() && total <= listed) {
            return cut();
        }
        if (total < 0) {
            return isLastOfCursors(asked, page) ? Optional.empty() : cut();
        }
        if (total == listed) {
            return Optional.empty();
        }
        boolean mayHaveMore = cursors.isEmpty() && !page.users().isEmpty();
        return mayHaveMore && paging != UserPaging.CURSOR ? goOn(new Index(listed + 1)) : cut();
    }

    /** Only pages by cursor need no total: the last of them has no next cursor. */
    private static boolean isLastOfCursors(PageRequest asked, UserPage page) {
        return switch (asked) {
            case Cursor(var value) -> !value.isEmpty() || page.itemsPerPage() >= 0;
            case Index index -> false;
        };
    }

    private Optional<PageRequest> goOn(PageRequest next) {
        return members.size() > mostMembers || pages >= mostPages ? cut() : Optional.of(next);
    }
}
