package dev.deprovisioner.security;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RequestProblems;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Finds out whether the group id is the reason why a path never reached a controller. */
final class RefusedPath {

    private static final String GROUPS = "/deprovisions/";

    private RefusedPath() {}

    /** @param path as it was sent; null if the request line could not be read */
    static Problem problem(@Nullable String path) {
        return path != null && path.startsWith(GROUPS) && !hasGroupIds(path)
                ? RequestProblems.groupIdInvalid()
                : RequestProblems.headMalformed();
    }

    /** Checks the segments after the group's id too: those of a route, such as {@code runs}, pass as ids. */
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
