package dev.deprovisioner.scim;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The member removals, laid out as PATCH requests (RFC 7644, section 3.5.2.2). */
final class RemovalMatrix {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private RemovalMatrix() {}

    private record PatchOp(
            @JsonProperty("schemas") List<String> schemas,
            @JsonProperty("Operations") List<Operation> operations) {}

    private record Operation(String op, String path) {}

    /** One request that removes every member. */
    static String all() {
        return JSON.writeValueAsString(new PatchOp(List.of(PATCH_OP), List.of(new Operation("remove", "members"))));
    }
}
