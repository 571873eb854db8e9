package dev.deprovisioner.scim;

import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The paths and rules of the provider's groups.
 *
 * @param groupsPath The path of a group below the base URL, for GET and PATCH, with {groupId} where the id goes.
 * @param deletePath The path of a group for DELETE, which some providers have in another API. If it differs, no ETag goes with
 *     the DELETE.
 * @param mediaType The media type of request bodies.
 * @param memberRemoval How members are removed: ALL in one request without member ids, FILTERED in requests that name
 *     each by a filter, or VALUES in requests that list them as values. Members that ALL leaves behind are removed once
 *     more as FILTERED. A provider that follows RFC 7644 strictly removes all members at the first request of VALUES: set
 *     it only for one that documents this form.
 * @param removalBatchSize How many members one request of FILTERED or VALUES may name; from 1 to 1000.
 * @param readQuery Appended to group reads, such as attributes=displayName,externalId,members, without the question mark.
 * @param plainNotFound The evidence of a 404 or 410 for a group if a gateway may have written it. VERIFY: none, unless a
 *     second read answers the same while the provider answers another read. ACCEPT: the group is gone.
 * @param membersSource Where the provider shows who is in a group: GROUP in the group itself, USERS_FILTER in a search for
 *     the users whose groups have it (AWS IAM Identity Center, Microsoft Entra ID), UNLISTED nowhere (Google Cloud Identity).
 * @param membersVisibleBy What a client may see of member lists. PROVIDER: those of all groups or none. GROUP: it depends on
 *     its rights on each group (Keycloak, Databricks); an empty list then needs an empty search for users as well.
 * @param usersPath The path of the users below the base URL, for searches.
 * @param userPaging How the pages of a search for users are asked for. CURSOR_OR_INDEX: by cursor (RFC 9865), and by index if
 *     the empty cursor of the first request is refused with 400 or the answer has none. CURSOR: by cursor only; if it is refused,
 *     members are not listed (AWS IAM Identity Center). INDEX: by index only; no request has a cursor.
 * @param nativeGroupPath The path of a group in the provider's own API below the base URL, with {groupId} where the id goes. With
 *     it, a group counts as empty or gone only if that API agrees (Genesys Cloud). Empty for none.
 * @param settleTime How long the provider may take to show the effect of a change that it has accepted; at least 1s, and
 *     shorter than the deadline.
 */
@ConfigurationProperties("deprovisioner.scim")
record ScimProperties(
        @DefaultValue("/api/v2/scim/groups/{groupId}") String groupsPath,
        @DefaultValue("/api/v2/scim/groups/{groupId}") String deletePath,
        @DefaultValue("application/json") String mediaType,
        @DefaultValue("ALL") MemberRemovalStyle memberRemoval,
        @DefaultValue("100") int removalBatchSize,
        @Nullable String readQuery,
        @DefaultValue("VERIFY") PlainNotFound plainNotFound,
        @DefaultValue("group") MembersSource membersSource,
        @DefaultValue("provider") MembersVisibleBy membersVisibleBy,
        @DefaultValue("/Users") String usersPath,
        @DefaultValue("cursor-or-index") UserPaging userPaging,
        @Nullable String nativeGroupPath,
        @DefaultValue("15s") Duration settleTime) {

    static final String GROUP_ID = "groupId";
    /** Asks for members by name (RFC 7644, section 3.9). */
    static final String MEMBERS_QUERY = "attributes=members";

    private static final int MOST_MEMBERS = 1000;
    private static final Duration SHORTEST_SETTLE_TIME = Duration.ofSeconds(1);

    ScimProperties {
        requirePath("groups-path", groupsPath);
        requirePath("delete-path", deletePath);
        nativeGroupPath = nativeGroupPath == null || nativeGroupPath.isBlank() ? null : nativeGroupPath;
        if (nativeGroupPath != null) {
            requirePath("native-group-path", nativeGroupPath);
        }
        if (!isConcrete(mediaType)) {
            throw new InvalidSetting(
                    "deprovisioner.scim.media-type is no media type that a body can have.",
                    "Set it to, for example, application/scim+json.");
        }
        if (removalBatchSize < 1 || removalBatchSize > MOST_MEMBERS) {
            throw new InvalidSetting(
                    "deprovisioner.scim.removal-batch-size must be from 1 to " + MOST_MEMBERS + ".",
                    "Set it to, for example, 100.");
        }
        if (readQuery != null && readQuery.matches(".*[{}?#].*")) {
            throw new InvalidSetting(
                    "deprovisioner.scim.read-query must not contain any of { } ? #.",
                    "Set it to, for example, attributes=displayName,externalId,members.");
        }
        if (!usersPath.matches("(/[^/{}?#]+)+")) {
            throw new InvalidSetting(
                    "deprovisioner.scim.users-path must begin with /, must not end with it, and must not contain any of"
                            + " { } ? #.",
                    "Set it to, for example, /Users.");
        }
        if (settleTime.compareTo(SHORTEST_SETTLE_TIME) < 0) {
            throw new InvalidSetting(
                    "deprovisioner.scim.settle-time must be at least 1s.", "Set it to, for example, 15s.");
        }
    }

    /** How a provider takes the removal of members. */
    enum MemberRemovalStyle {
        /** All who are members when the request arrives. */
        ALL,
        /** Each member by a filter, and no other (RFC 7644, section 3.5.2.2). */
        FILTERED,
        /**
         * Members as values of the operation. RFC 7644 gives values of a removal no meaning, so a strict provider removes
         * all. So it is never used unless it is configured, it names members only for the provider that takes it, and
         * it needs the same fresh and complete read as {@link #ALL}.
         */
        VALUES;

        /**
         * The style of a request that names its members. Where names are configured, it stays the same: a provider that
         * takes values may ignore filters.
         */
        MemberRemovalStyle naming() {
            return this == ALL ? FILTERED : this;
        }
    }

    /** Where the provider shows who is in a group. */
    enum MembersSource {
        GROUP,
        USERS_FILTER,
        UNLISTED;

        /** As the setting has it. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What the members that a client is shown depend on. */
    enum MembersVisibleBy {
        PROVIDER,
        GROUP
    }

    /** How the pages of a search for users are asked for. */
    enum UserPaging {
        CURSOR_OR_INDEX,
        CURSOR,
        INDEX
    }

    /** The evidence of a 404 or 410 in a form that a gateway may also use. */
    enum PlainNotFound {
        VERIFY,
        ACCEPT
    }

    /** The path of all groups, if that of a group only adds the id. */
    Optional<String> collectionPath() {
        var id = "/{" + GROUP_ID + "}";
        return groupsPath.endsWith(id) && groupsPath.length() > id.length()
                ? Optional.of(groupsPath.substring(0, groupsPath.length() - id.length()))
                : Optional.empty();
    }

    /** Whether the DELETE goes to the SCIM resource, whose ETag it can then carry. */
    boolean deletesOverScim() {
        return deletePath.equals(groupsPath);
    }

    /** Whether groups are deleted in the own API of Genesys Cloud. */
    boolean deletesInGenesysCloud() {
        return deletePath.startsWith("/api/v2/groups/");
    }

    /** The query of every group read; empty for none. */
    String usualQuery() {
        return readQuery == null || readQuery.isBlank() ? "" : readQuery;
    }

    /** @param query empty for none */
    String readPath(String query) {
        return query.isEmpty() ? groupsPath : groupsPath + "?" + query;
    }

    /** Whether an absent member list was asked for by name already. */
    boolean alwaysAsksForMembers() {
        return readQuery != null && readQuery.matches("(.*&)?attributes=([^&]*,)?members(,[^&]*)?(&.*)?");
    }

    private static boolean isConcrete(String mediaType) {
        try {
            return MediaType.parseMediaType(mediaType).isConcrete();
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static void requirePath(String name, String path) {
        var rest = path.replaceFirst("\\{" + GROUP_ID + "}", "");
        if (!path.startsWith("/") || rest.equals(path) || rest.matches(".*[{}].*")) {
            throw new InvalidSetting(
                    "deprovisioner.scim." + name
                            + " must begin with / and contain {groupId} once, and no other braces.",
                    "Set it to, for example, /Groups/{groupId}.");
        }
    }
}
