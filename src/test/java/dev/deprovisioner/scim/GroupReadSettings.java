package dev.deprovisioner.scim;

import dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle;
import dev.deprovisioner.scim.ScimProperties.MembersSource;
import dev.deprovisioner.scim.ScimProperties.MembersVisibleBy;
import dev.deprovisioner.scim.ScimProperties.PlainNotFound;
import dev.deprovisioner.scim.ScimProperties.UserPaging;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings for tests of how groups are read; all others are the defaults. */
final class GroupReadSettings {

    private GroupReadSettings() {}

    /**
     * Reads members with the group.
     *
     * @param path of reads and changes
     * @param query of reads; null for none
     */
    static ScimProperties of(String path, @Nullable String query) {
        return of(path, query, "/Users", null);
    }

    /** Reads members from this source. */
    static ScimProperties of(MembersSource source) {
        return of("/Groups/{groupId}", null, "/Users", null, source);
    }

    /** @param nativePath of the provider's own API; null for none */
    static ScimProperties of(String path, @Nullable String query, String usersPath, @Nullable String nativePath) {
        return of(path, query, usersPath, nativePath, MembersSource.GROUP);
    }

    private static ScimProperties of(
            String path, @Nullable String query, String usersPath, @Nullable String nativePath, MembersSource source) {
        return new ScimProperties(
                path,
                path,
                "application/json",
                MemberRemovalStyle.ALL,
                100,
                query,
                PlainNotFound.VERIFY,
                source,
                MembersVisibleBy.PROVIDER,
                usersPath,
                UserPaging.CURSOR_OR_INDEX,
                nativePath,
                Duration.ofSeconds(15));
    }
}
