package dev.deprovisioner.scim;

import dev.deprovisioner.upstream.ProviderIdentity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fingerprints of the settings under which groups are read, because what was read under others proves nothing.
 *
 * @param provider of those that say which API is asked, and as which client
 * @param listing of these, and of those that say where members are read
 */
public record ReadSettings(String provider, String listing) {

    static ReadSettings of(ProviderIdentity provider, ScimProperties scim) {
        var asked = Stream.of(provider.baseUrl(), scim.groupsPath(), provider.clientId());
        var listed = Stream.of(
                provider.baseUrl(),
                scim.groupsPath(),
                scim.membersSource().word(),
                scim.usualQuery(),
                provider.clientId());
        return new ReadSettings(fingerprint(asked), fingerprint(Stream.concat(listed, usersPath(scim))));
    }

    /** Only where members are read there: else a change of it would put away what is known of the provider. */
    private static Stream<String> usersPath(ScimProperties scim) {
        return switch (scim.membersSource()) {
            case USERS_FILTER -> Stream.of(scim.usersPath());
            case GROUP, UNLISTED -> Stream.empty();
        };
    }

    /** SHA-256 over the values, each with its length before it, so that no two lists of values run together. */
    static String fingerprint(Stream<String> values) {
        var canonical = values.map(value -> value.length() + ":" + value).collect(Collectors.joining("\n"));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
