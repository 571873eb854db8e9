package dev.deprovisioner.providers;

import dev.deprovisioner.providers.Directory.StoredGroup;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which members a read of a group shows. */
interface MemberView {

    /** @return empty if the answer has no such attribute */
    Optional<List<String>> shown(StoredGroup group, ProviderRequest request);

    static MemberView always() {
        return (group, request) -> Optional.of(group.members());
    }

    /** The attribute is there, and its list has no entry. */
    static MemberView emptyList() {
        return (group, request) -> Optional.of(List.of());
    }

    /** The attribute is never there. */
    static MemberView never() {
        return (group, request) -> Optional.empty();
    }

    /** Only if members are asked for, and only those that the client has the right to see; absent if there is none. */
    static MemberView onRequest(Predicate<String> visible) {
        return (group, request) -> Optional.of(
                        group.members().stream().filter(visible).toList())
                .filter(members -> request.asksForMembers() && !members.isEmpty());
    }
}
