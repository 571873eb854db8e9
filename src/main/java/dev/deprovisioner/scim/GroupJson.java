package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.upstream.MalformedResponseException;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a group from a 200. An answer that is not certainly this group is malformed. */
final class GroupJson {

    private static final int MAX_NAME = 1024;

    private GroupJson() {}

    /**
     * Reads the group, whose id the answer may write in another case: then the provider does not distinguish the two.
     *
     * @throws MalformedResponseException if the answer is not this group, or cannot be read
     */
    static GroupResponse parse(UpstreamResponse response, GroupId id) {
        return parse(response, new ScimObject(response.object()), id);
    }

    /**
     * Reads the beginning of a group.
     *
     * @return the group with the members in the beginning, as a list that is cut; empty if the beginning does not say which
     *     group it is
     * @throws MalformedResponseException if the answer is not this group, or cannot be read
     */
    static Optional<GroupResponse.Shown> parseBeginning(UpstreamResponse response, GroupId id) {
        var json = new ScimObject(JsonBeginning.object(response.body()));
        return json.has("id")
                        && parse(response, json, id) instanceof GroupResponse.Shown(var group, var members, var at)
                ? Optional.of(new GroupResponse.Shown(group, members.asCut(), at))
                : Optional.empty();
    }

    private static GroupResponse parse(UpstreamResponse response, ScimObject json, GroupId id) {
        var shown = json.text("id");
        if (!shown.equalsIgnoreCase(id.value())) {
            throw new MalformedResponseException("an answer that is not the group that was asked for");
        }
        if (json.text("state").equalsIgnoreCase("deleted")) {
            return new GroupResponse.Gone();
        }
        var group = new ScimGroup(
                new GroupId(shown), name(json, "displayName"), name(json, "externalId"), etag(response, json));
        return new GroupResponse.Shown(group, MemberList.of(json), response.sentAt());
    }

    private static @Nullable String etag(UpstreamResponse response, ScimObject json) {
        var version =
                response.etag() != null ? response.etag() : json.object("meta").text("version");
        // A version that cannot stand in an If-Match header protects nothing.
        return version.matches("[\\x21-\\x7e]{1,255}") ? version : null;
    }

    private static @Nullable String name(ScimObject json, String attribute) {
        var text = json.text(attribute).replaceAll("\\p{Cntrl}", "");
        return text.isBlank() || text.length() > MAX_NAME ? null : text;
    }
}
