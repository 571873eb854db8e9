package dev.deprovisioner.security;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RequestProblems;
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
                ? RequestProblems.groupIdInvalid()
                : RequestProblems.headMalformed();
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
