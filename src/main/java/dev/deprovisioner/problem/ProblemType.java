package dev.deprovisioner.problem;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.util.UriUtils;

/** The types of problems: those of a request first, then those of a run. */
public enum ProblemType {
    INVALID_GROUP_ID(400, "Invalid group id"),
    INVALID_REQUEST(400, "Invalid request"),
    UNAUTHENTICATED(401, "Missing or invalid access token"),
    FORBIDDEN(403, "Insufficient permission"),
    NOT_FOUND(404, "Resource not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    CONFLICT(409, "Conflict with current state"),
    PAYLOAD_TOO_LARGE(413, "Request body too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused"),
    TOO_MANY_REQUESTS(429, "Too many requests"),
    UNAVAILABLE(503, "Service unavailable"),

    GROUP_NOT_FOUND(404, "Group not found"),
    MEMBER_LIMIT_EXCEEDED(422, "Member limit exceeded"),
    MEMBERS_NOT_VISIBLE(409, "Members not visible"),
    DUPLICATE_RUN(409, "Duplicate run"),
    DEPENDENCIES_FOUND(409, "Unresolved dependencies"),
    GROUP_PROTECTED(403, "Protected group"),
    GROUP_CHANGED(409, "Concurrent change of the group"),
    REMOVAL_NOT_EFFECTIVE(502, "Members not removed"),
    DELETE_NOT_VERIFIED(502, "Deletion not confirmed"),
    UPSTREAM_UNAUTHORIZED(502, "Provider credentials refused"),
    UPSTREAM_FORBIDDEN(502, "Provider permission denied"),
    UPSTREAM_UNAVAILABLE(502, "Provider unavailable"),
    UPSTREAM_INVALID_RESPONSE(502, "Unusable provider response"),
    UPSTREAM_CONFLICT(502, "Conflict at the provider"),
    INTERNAL_ERROR(500, "Internal error");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The types that a run can wait or end with. */
    public static Set<ProblemType> ofRuns() {
        return EnumSet.range(GROUP_NOT_FOUND, values()[values().length - 1]);
    }

    /** The HTTP status of the type. */
    public int status() {
        return status;
    }

    /** A short noun phrase, the same for every problem of the type. */
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
