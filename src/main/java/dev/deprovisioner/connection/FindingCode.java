package dev.deprovisioner.connection;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Everything that a check of the connection can find. */
enum FindingCode {
    TOKEN_OBTAINED,
    TOKEN_FAILED,
    TOKEN_REFUSED,
    PERMISSION_MISSING,
    PROVIDER_UNAVAILABLE,
    PROVIDER_THROTTLED,
    ANSWER_UNUSABLE,
    COLLECTION_READ,
    COLLECTION_NOT_READ,
    FEATURES_SHOWN,
    FEATURES_NOT_SHOWN,
    FEATURE_MISSING,
    SCHEMA_SHOWN,
    SCHEMA_NOT_SHOWN,
    GROUP_SHOWN,
    GROUP_ABSENT,
    GROUP_UNPROVEN,
    MEMBERS_LISTED,
    MEMBERS_NOT_LISTED,
    MEMBERS_INCOMPLETE,
    MEMBER_LIMIT_EXCEEDED,
    VERSION_SHOWN,
    VERSION_NOT_SHOWN,
    ABSENCE_RECOGNISED,
    ABSENCE_NOT_RECOGNISED,
    DEPENDENCY_CHECK_WORKS,
    DEPENDENCY_CHECK_NOT_TRIED,
    DEPENDENCY_CHECK_UNKNOWN,
    RUN_BLOCKED;

    /** As callers see it, such as {@code token-obtained}. */
    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
