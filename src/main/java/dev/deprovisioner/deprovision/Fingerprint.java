package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.GroupId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fingerprint of a request: of its group and its parsed body. Equal requests have equal fingerprints.
 *
 * @param value SHA-256 in hexadecimal digits
 */
record Fingerprint(String value) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Absent members are left out: a member that a later version adds does not change the fingerprints of before. */
    static Fingerprint of(GroupId group, DeprovisionCommand command) {
        var members = new TreeMap<String, String>();
        members.put("groupId", group.value());
        put(members, "reason", command.reason());
        put(members, "onBehalfOf", command.onBehalfOf());
        put(members, "notBefore", command.notBefore());
        put(members, "again", command.again() ? true : null);
        return new Fingerprint(sha256(JSON.writeValueAsString(members)));
    }

    private static void put(TreeMap<String, String> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value.toString());
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
