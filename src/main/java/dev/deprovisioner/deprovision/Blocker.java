package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * What would be orphaned or left dangling.
 *
 * @param type from a closed set, such as {@code routing-profile-missing}
 * @param memberId the member that it concerns; none if it is not about a member
 * @param reference the provider's id of what was found; none if it named none
 * @param detail what was found, without names
 * @param remedy what to do about it
 */
public record Blocker(
        String type, @Nullable MemberId memberId, @Nullable String reference, String detail, String remedy) {}
