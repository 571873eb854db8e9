package dev.deprovisioner.scim;

import dev.deprovisioner.problem.InvalidSetting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * Where the provider's groups are.
 *
 * @param groupsPath template of a group's path, for GET and PATCH
 * @param deletePath template of a group's path for DELETE, which is another API with some providers
 * @param mediaType what request bodies are sent as
 * @param readQuery appended to group reads, or null
 */
@ConfigurationProperties("deprovisioner.scim")
record ScimProperties(
        @DefaultValue("/api/v2/scim/groups/{groupId}") String groupsPath,
        @DefaultValue("/api/v2/scim/groups/{groupId}") String deletePath,
        @DefaultValue("application/json") String mediaType,
        @Nullable String readQuery) {

    static final String GROUP_ID = "groupId";

    ScimProperties {
        requirePath("groups-path", groupsPath);
        requirePath("delete-path", deletePath);
        try {
            MediaType.parseMediaType(mediaType);
        } catch (InvalidMediaTypeException e) {
            throw new InvalidSetting(
                    "deprovisioner.scim.media-type is no media type.",
                    "Set it to, for example, application/scim+json.");
        }
    }

    /** Whether the DELETE goes to the SCIM resource, whose ETag it can then carry. */
    boolean deletesOverScim() {
        return deletePath.equals(groupsPath);
    }

    /** The path of a group read; a provider may leave members out of an answer unless they are asked for. */
    String readPath(boolean askingForMembers) {
        var query = askingForMembers ? "attributes=members" : readQuery;
        return query == null || query.isBlank() ? groupsPath : groupsPath + "?" + query;
    }

    boolean alwaysAsksForMembers() {
        return readQuery != null && readQuery.matches("(.*&)?attributes=([^&]*,)?members(,[^&]*)?(&.*)?");
    }

    private static void requirePath(String name, String path) {
        if (!path.startsWith("/") || !path.contains("{" + GROUP_ID + "}")) {
            throw new InvalidSetting(
                    "deprovisioner.scim." + name + " must begin with / and contain {groupId}.",
                    "Set it to, for example, /Groups/{groupId}.");
        }
    }
}
