package dev.deprovisioner.scim;

import dev.deprovisioner.identifier.MemberId;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/** Recognises members that are groups themselves. A member that may be a user counts as one, and is checked. */
final class NestedGroups {

    private static final String GROUP = "Group";
    private static final String GROUPS = "groups";

    private NestedGroups() {}

    /** The {@code type} decides. If it is neither of those two words, the {@code $ref} does. */
    static boolean isGroup(ScimObject member, MemberId id) {
        var type = member.text("type");
        if (type.equalsIgnoreCase(GROUP)) {
            return true;
        }
        return !type.equalsIgnoreCase("User") && refersToGroup(member.text("$ref"), id);
    }

    /** @param reference absolute or relative; its path has to end in {@code groups/} and the id */
    private static boolean refersToGroup(String reference, MemberId id) {
        var segments = path(reference).split("/", -1);
        int last = segments.length - 1;
        return last >= 1
                && decoded(segments[last - 1]).equalsIgnoreCase(GROUPS)
                && decoded(segments[last]).equalsIgnoreCase(id.value());
    }

    /** A host that is called "groups" is no part of it. */
    private static String path(String reference) {
        return reference.replaceFirst("[?#].*", "").replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/]*", "");
    }

    /** Segments are decoded one by one: an encoded slash ends none. */
    private static String decoded(String segment) {
        try {
            return UriUtils.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
