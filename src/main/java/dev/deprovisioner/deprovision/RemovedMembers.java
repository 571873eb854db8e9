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
 */
public record RemovedMembers(
        int confirmed,
        int otherwise,
        int accepted,
        @Nullable String namedThrough,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<MemberId> refused) {

    static final RemovedMembers NONE = new RemovedMembers(0, 0, 0, null, Set.of());

    public RemovedMembers(
            int confirmed,
            int otherwise,
            int accepted,
            @Nullable String namedThrough,
            @Nullable Set<MemberId> refused) {
        this.confirmed = confirmed;
        this.otherwise = otherwise;
        this.accepted = accepted;
        this.namedThrough = namedThrough;
        this.refused = refused == null ? Set.of() : Set.copyOf(refused);
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
        return new RemovedMembers(confirmed, otherwise, accepted, further ? last : namedThrough, stillRefused);
    }

    /**
     * The last request certainly had no effect.
     *
     * @param before what was known before it
     */
    RemovedMembers withdrawn(RemovedMembers before) {
        return new RemovedMembers(confirmed, otherwise, accepted, before.namedThrough, before.refused);
    }

    /** The provider certainly did not remove these members. */
    RemovedMembers refused(Collection<MemberId> members) {
        var all = new HashSet<>(refused);
        all.addAll(members);
        return new RemovedMembers(confirmed, otherwise, accepted, namedThrough, all);
    }

    RemovedMembers accepted(int members) {
        return new RemovedMembers(confirmed, otherwise, accepted + members, namedThrough, refused);
    }

    /** @param gone the validated members that a complete read no longer shows */
    RemovedMembers afterRead(Collection<MemberId> gone) {
        int newlyGone = Math.max(0, gone.size() - confirmed - otherwise);
        int ours = Math.clamp(countNamed(gone) - confirmed, 0, newlyGone);
        return new RemovedMembers(confirmed + ours, otherwise + newlyGone - ours, 0, namedThrough, refused);
    }

    /** A read that does not show who is left confirms nothing. */
    RemovedMembers afterUnclearRead() {
        return new RemovedMembers(confirmed, otherwise, 0, namedThrough, refused);
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
