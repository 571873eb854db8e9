package dev.deprovisioner.scim;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The member removals, laid out as PATCH requests (RFC 7644, section 3.5.2.2). The order is always the same, so a
 * process that takes a run over continues where the other one stopped.
 */
final class RemovalMatrix {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String MEMBERS = "members";
    private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private RemovalMatrix() {}

    private record PatchOp(
            @JsonProperty("schemas") List<String> schemas,
            @JsonProperty("Operations") List<Operation> operations) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Operation(
            String op, String path, @Nullable List<Value> value) {}

    private record Value(String value) {}

    /** @param batchSize how many members a request may name */
    static List<MemberRemoval> of(MemberRemovalStyle style, Collection<MemberId> members, int batchSize) {
        return switch (style) {
            case ALL -> all(members);
            case FILTERED -> filtered(members, batchSize);
            case VALUES -> values(members, batchSize);
        };
    }

    /** One request that removes all who are members when it arrives. */
    private static List<MemberRemoval> all(Collection<MemberId> members) {
        var ordered = ordered(members);
        return ordered.isEmpty()
                ? List.of()
                : List.of(new MemberRemoval(ordered, false, false, body(Stream.of(removal(MEMBERS, null)))));
    }

    /** Requests that remove just these members, each by an operation of its own. */
    private static List<MemberRemoval> filtered(Collection<MemberId> members, int batchSize) {
        return batches(members, batchSize)
                .map(batch -> new MemberRemoval(
                        batch, true, true, body(batch.stream().map(member -> removal(filter(member), null)))))
                .toList();
    }

    /** Requests of one operation each, with these members as its values. */
    private static List<MemberRemoval> values(Collection<MemberId> members, int batchSize) {
        return batches(members, batchSize)
                .map(batch -> new MemberRemoval(batch, true, false, body(Stream.of(removal(MEMBERS, valuesOf(batch))))))
                .toList();
    }

    private static Stream<List<MemberId>> batches(Collection<MemberId> members, int batchSize) {
        var ordered = ordered(members);
        return IntStream.range(0, Math.ceilDiv(ordered.size(), batchSize))
                .mapToObj(
                        batch -> ordered.subList(batch * batchSize, Math.min((batch + 1) * batchSize, ordered.size())));
    }

    private static List<MemberId> ordered(Collection<MemberId> members) {
        return members.stream()
                .distinct()
                .sorted(Comparator.comparing(MemberId::value))
                .toList();
    }

    private static Operation removal(String path, @Nullable List<Value> values) {
        return new Operation("remove", path, values);
    }

    private static List<Value> valuesOf(List<MemberId> members) {
        return members.stream().map(member -> new Value(member.value())).toList();
    }

    private static String body(Stream<Operation> operations) {
        return JSON.writeValueAsString(new PatchOp(List.of(PATCH_OP), operations.toList()));
    }

    /** The value in a filter is a JSON string (RFC 7644, section 3.4.2.2): a quote in an id must not end it. */
    private static String filter(MemberId member) {
        return MEMBERS + "[value eq " + FilterValue.of(member.value()) + "]";
    }
}
