package dev.deprovisioner.problem;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.util.UriUtils;

/** Every kind of failure that callers can meet: those of a request first, then those of a run. */
public enum ProblemType {
    INVALID_GROUP_ID(400, "The group id is not valid"),
    INVALID_REQUEST(400, "The request is not valid"),
    UNAUTHENTICATED(401, "A valid access token is needed"),
    FORBIDDEN(403, "The access token does not allow this"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    CONFLICT(409, "The request conflicts with the state of the run"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    UNAVAILABLE(503, "The service cannot do this at the moment"),

    GROUP_NOT_FOUND(404, "The group does not exist"),
    MEMBER_LIMIT_EXCEEDED(422, "The group has too many members"),
    MEMBERS_NOT_VISIBLE(409, "Members not visible"),
    DUPLICATE_RUN(409, "Another run is active"),
    DEPENDENCIES_FOUND(409, "Something still depends on the group"),
    GROUP_PROTECTED(403, "The group is protected"),
    GROUP_CHANGED(409, "The group kept changing"),
    REMOVAL_NOT_EFFECTIVE(502, "The provider did not remove the members"),
    DELETE_NOT_VERIFIED(502, "The deletion was accepted, but not confirmed"),
    UPSTREAM_UNAUTHORIZED(502, "The provider refuses our credentials"),
    UPSTREAM_FORBIDDEN(502, "The provider denies a permission"),
    UPSTREAM_UNAVAILABLE(502, "The provider cannot be reached"),
    UPSTREAM_INVALID_RESPONSE(502, "The provider's answer cannot be used"),
    UPSTREAM_CONFLICT(502, "Conflict at the provider"),
    INTERNAL_ERROR(500, "Internal error");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Those that a run can wait or end with. */
    public static Set<ProblemType> ofRuns() {
        return EnumSet.range(GROUP_NOT_FOUND, values()[values().length - 1]);
    }

    /** The HTTP status that says the same. */
    public int status() {
        return status;
    }

    /** One short sentence, the same for every problem of the type. */
    public String title() {
        return title;
    }

    /** The type of that name; empty if only another version has it. */
    static Optional<ProblemType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** The {@code type} member of RFC 9457, section 3.1.1. */
    public URI uri() {
        return uri(name());
    }

    /** The {@code type} member for the type of that name, of this version or another. */
    static URI uri(String name) {
        return URI.create("/problems/" + UriUtils.encodePathSegment(slug(name), StandardCharsets.UTF_8));
    }

    /** The name in the type's URI, such as {@code group-not-found}. */
    public String slug() {
        return slug(name());
    }

    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
