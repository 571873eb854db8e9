package dev.deprovisioner.security;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Says of a path that never reached a controller whether its group id is to blame. */
final class RefusedPath {

    private static final String GROUPS = "/deprovisions/";

    private RefusedPath() {}

    /** @param path as it was sent; null where not even the request line could be read */
    static Problem problem(@Nullable String path) {
        return path != null && path.startsWith(GROUPS) && !hasGroupIds(path)
                ? new Problem(
                        ProblemType.INVALID_GROUP_ID,
                        "The path has a character or a segment that no group id has.",
                        "Correct the group id and send it again.")
                : new Problem(
                        ProblemType.INVALID_REQUEST,
                        "The request line or a header cannot be understood.",
                        "Correct it and send it again.");
    }

    /** What follows the group's id, such as {@code runs}, could be one too. */
    private static boolean hasGroupIds(String path) {
        try {
            for (var segment : path.substring(GROUPS.length()).split("/", -1)) {
                GroupId.of(UriUtils.decode(segment, StandardCharsets.UTF_8));
            }
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
