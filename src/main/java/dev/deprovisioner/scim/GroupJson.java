package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.scim.GroupsClient.Answer;
import dev.deprovisioner.upstream.MalformedAnswer;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a group of an answer, or refuses it: whatever is not certainly this group, whole, is malformed. */
final class GroupJson {

    private static final int MAX_NAME = 1024;

    private GroupJson() {}

    /** @param membersAskedFor whether absent members mean that there are none (RFC 7643, section 2.5) */
    static Answer parse(UpstreamResponse response, GroupId id, boolean membersAskedFor) {
        var json = response.object();
        if (!json.path("id").asString("").equalsIgnoreCase(id.value())) {
            throw new MalformedAnswer("an answer that is not the group that was asked for");
        }
        if (json.path("state").asString("").equalsIgnoreCase("deleted")) {
            return new Answer.Complete(new GroupEvidence.Absent());
        }
        var members = json.path("members");
        boolean leftOut = members.isMissingNode() || members.isNull();
        var group = new ScimGroup(id, text(json, "displayName"), text(json, "externalId"), etag(response, json));
        var listed = new MemberEvidence.Listed(leftOut ? List.of() : members(members));
        var present = new GroupEvidence.Present(group, listed, response.sentAt());
        return leftOut && !membersAskedFor ? new Answer.MembersLeftOut(present) : new Answer.Complete(present);
    }

    private static List<ScimGroup.Member> members(JsonNode array) {
        if (!array.isArray()) {
            throw new MalformedAnswer("a group whose members are no list");
        }
        var members = new LinkedHashMap<MemberId, ScimGroup.Member>();
        for (JsonNode entry : array) {
            var member = member(entry);
            members.putIfAbsent(member.value(), member);
        }
        return List.copyOf(members.values());
    }

    private static ScimGroup.Member member(JsonNode entry) {
        try {
            var id = new MemberId(entry.path("value").asString(""));
            return new ScimGroup.Member(id, entry.path("type").asString("").equalsIgnoreCase("Group"));
        } catch (IllegalArgumentException e) {
            throw new MalformedAnswer("a group with a member that has no usable value");
        }
    }

    private static @Nullable String etag(UpstreamResponse response, JsonNode json) {
        var version = response.etag() != null
                ? response.etag()
                : json.path("meta").path("version").asString("");
        // What cannot stand in an If-Match header cannot protect anything.
        return version.matches("[\\x21-\\x7e]{1,255}") ? version : null;
    }

    private static @Nullable String text(JsonNode json, String name) {
        var text = json.path(name).asString("").replaceAll("\\p{Cntrl}", "");
        return text.isBlank() || text.length() > MAX_NAME ? null : text;
    }
}
