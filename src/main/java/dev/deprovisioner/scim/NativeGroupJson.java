package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.scim.NativeGroup.Address;
import dev.deprovisioner.upstream.MalformedResponseException;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a group of Genesys Cloud's own API from a 200. */
final class NativeGroupJson {

    private static final int LONGEST_NUMBER = 100;

    private NativeGroupJson() {}

    /**
     * Reads the group; empty if it is marked as deleted.
     *
     * @throws MalformedResponseException if the answer is not this group, or cannot be read
     */
    static Optional<NativeGroup> parse(UpstreamResponse response, GroupId id) {
        var json = new ScimObject(response.object());
        if (!json.text("id").equalsIgnoreCase(id.value())) {
            throw new MalformedResponseException("an answer that is not the group that was asked for");
        }
        return json.text("state").equalsIgnoreCase("deleted") ? Optional.empty() : Optional.of(group(json));
    }

    private static NativeGroup group(ScimObject json) {
        var name = json.text("name");
        return new NativeGroup(
                name.isEmpty() ? null : name,
                MemberCount.of(json.get("memberCount")),
                addresses(json.get("addresses")),
                !json.has("addresses"));
    }

    private static @Nullable List<Address> addresses(JsonNode list) {
        if (list.isNull()) {
            return List.of();
        }
        boolean readable = list.isArray() && list.valueStream().allMatch(JsonNode::isObject);
        return readable ? list.valueStream().map(NativeGroupJson::address).toList() : null;
    }

    private static Address address(JsonNode json) {
        var address = new ScimObject(json);
        var number = Stream.of("address", "display", "extension")
                .map(address::text)
                .filter(text -> text.length() <= LONGEST_NUMBER && text.matches("[\\p{Graph} ]+"))
                .findFirst()
                .orElse("");
        var type = address.text("type");
        return new Address(type.matches("\\w{1,64}") ? type : "", number);
    }
}
