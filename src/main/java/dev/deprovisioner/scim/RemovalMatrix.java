package dev.deprovisioner.scim;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.deprovisioner.identifier.MemberId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The member removals, laid out as PATCH requests (RFC 7644, section 3.5.2.2). The order is always the same, so a
 * process that takes a run over continues where the other one stopped.
 */
final class RemovalMatrix {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private RemovalMatrix() {}

    private record PatchOp(
            @JsonProperty("schemas") List<String> schemas,
            @JsonProperty("Operations") List<Operation> operations) {}

    private record Operation(String op, String path) {}

    /** One request that removes all who are members when it arrives. */
    static List<MemberRemoval> all(Collection<MemberId> members) {
        return members.isEmpty() ? List.of() : List.of(removal(ordered(members), false, List.of("members")));
    }

    /**
     * Requests that remove just these members, each by its value.
     *
     * @param batchSize how many members a request may name
     */
    static List<MemberRemoval> filtered(Collection<MemberId> members, int batchSize) {
        var ordered = ordered(members);
        return IntStream.range(0, Math.ceilDiv(ordered.size(), batchSize))
                .mapToObj(
                        batch -> ordered.subList(batch * batchSize, Math.min((batch + 1) * batchSize, ordered.size())))
                .map(batch -> removal(
                        batch, true, batch.stream().map(RemovalMatrix::path).toList()))
                .toList();
    }

    private static List<MemberId> ordered(Collection<MemberId> members) {
        return members.stream()
                .distinct()
                .sorted(Comparator.comparing(MemberId::value))
                .toList();
    }

    private static MemberRemoval removal(List<MemberId> members, boolean byName, List<String> paths) {
        var operations = paths.stream().map(path -> new Operation("remove", path));
        return new MemberRemoval(
                members, byName, JSON.writeValueAsString(new PatchOp(List.of(PATCH_OP), operations.toList())));
    }

    private static String path(MemberId member) {
        return "members[value eq " + FilterValue.of(member.value()) + "]";
    }
}
