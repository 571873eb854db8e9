package dev.deprovisioner.dependency;

import dev.deprovisioner.identifier.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * Something that the removal of a group would orphan, or that could not be ruled out.
 *
 * @param type from a closed set of each check, such as {@code routing-profile-missing}
 * @param member the member that it concerns; null if it concerns the group itself
 * @param reference the provider's id of what was found, null if it named none
 * @param detail what was found, without names of persons
 * @param remedy what to do about it
 * @param correlationId the provider's id of the request that ruled nothing out, null if it named none or was not needed
 */
public record Dependency(
        String type,
        @Nullable MemberId member,
        @Nullable String reference,
        String detail,
        String remedy,
        @Nullable String correlationId) {

    /** How the types end of what could not be ruled out. */
    static final String UNKNOWN = "-unknown";

    public Dependency(
            String type, @Nullable MemberId member, @Nullable String reference, String detail, String remedy) {
        this(type, member, reference, detail, remedy, null);
    }

    /** Whether nothing was found, and it could not be ruled out either. */
    public boolean isUnknown() {
        return type.endsWith(UNKNOWN);
    }
}
