package dev.deprovisioner.deprovision;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.deprovisioner.identifier.MemberId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many members the requests of a run removed. A member counts if a request named them, or removed all members while
 * a read showed them. The request must not have been refused for certain, and the next read must not show the member.
 *
 * @param confirmed members that a read has shown to be gone after a request of ours
 * @param otherwise members that a read has shown to be gone without one
 * @param accepted those whose removal the provider has accepted since the last read
 * @param namedThrough removals are sent in the order of the ids: the last member who was named; null for none
 * @param refused members up to there whose removal was refused for certain
 * @param perhapsAll whether a request since the last whole read may also have removed members that it did not name
 */
public record RemovedMembers(
        int confirmed,
        int otherwise,
        int accepted,
        @Nullable String namedThrough,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<MemberId> refused,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean perhapsAll) {

    static final RemovedMembers NONE = new RemovedMembers(0, 0, 0, null, Set.of(), false);

    public RemovedMembers(
            int confirmed,
            int otherwise,
            int accepted,
            @Nullable String namedThrough,
            @Nullable Set<MemberId> refused,
            boolean perhapsAll) {
        this.confirmed = confirmed;
        this.otherwise = otherwise;
        this.accepted = accepted;
        this.namedThrough = namedThrough;
        this.refused = refused == null ? Set.of() : Set.copyOf(refused);
        this.perhapsAll = perhapsAll;
    }

    /** A request that names these members is about to be sent. */
    RemovedMembers named(Collection<MemberId> members) {
        var last = members.stream()
                .map(MemberId::value)
                .max(Comparator.naturalOrder())
                .orElse(null);
        boolean further = last != null && (namedThrough == null || last.compareTo(namedThrough) > 0);
        var stillRefused = new HashSet<>(refused);
        stillRefused.removeAll(members);
        return new RemovedMembers(
                confirmed, otherwise, accepted, further ? last : namedThrough, stillRefused, perhapsAll);
    }

    /** A request that names at least these members is about to be sent: it may remove all. */
    RemovedMembers namedAtLeast(Collection<MemberId> members) {
        var next = named(members);
        return new RemovedMembers(
                confirmed, otherwise, accepted, next.namedThrough, next.refused, perhapsAll || !members.isEmpty());
    }

    /**
     * The last request certainly had no effect.
     *
     * @param before what was known before it
     */
    RemovedMembers withdrawn(RemovedMembers before) {
        return new RemovedMembers(
                confirmed, otherwise, accepted, before.namedThrough, before.refused, before.perhapsAll);
    }

    /** The provider certainly did not remove these members. */
    RemovedMembers refused(Collection<MemberId> members) {
        var all = new HashSet<>(refused);
        all.addAll(members);
        return new RemovedMembers(confirmed, otherwise, accepted, namedThrough, all, perhapsAll);
    }

    RemovedMembers accepted(int members) {
        return new RemovedMembers(confirmed, otherwise, accepted + members, namedThrough, refused, perhapsAll);
    }

    /** @param gone the validated members that a complete read no longer shows, but not all of them */
    RemovedMembers afterRead(Collection<MemberId> gone) {
        return afterRead(gone, countNamed(gone));
    }

    /**
     * A request that may have removed all has done so if no validated member is left. While some are left, the provider
     * has removed only those that the request named.
     *
     * @param all the validated members, none of which a complete read shows
     */
    RemovedMembers afterAllGone(Collection<MemberId> all) {
        return afterRead(all, perhapsAll ? all.size() - refused.size() : countNamed(all));
    }

    private RemovedMembers afterRead(Collection<MemberId> gone, int named) {
        int newlyGone = Math.max(0, gone.size() - confirmed - otherwise);
        int ours = Math.clamp((long) named - confirmed, 0, newlyGone);
        return new RemovedMembers(confirmed + ours, otherwise + newlyGone - ours, 0, namedThrough, refused, false);
    }

    /** A read that does not show who is left confirms nothing. */
    RemovedMembers afterUnclearRead() {
        return new RemovedMembers(confirmed, otherwise, 0, namedThrough, refused, perhapsAll);
    }

    private int countNamed(Collection<MemberId> gone) {
        return namedThrough == null
                ? 0
                : (int) gone.stream()
                        .filter(member -> member.value().compareTo(namedThrough) <= 0)
                        .filter(member -> !refused.contains(member))
                        .count();
    }

    /** Until the next read, removals that the provider accepted count. */
    int total() {
        return confirmed + accepted;
    }
}
