package dev.deprovisioner.deprovision;

import dev.deprovisioner.identifier.MemberId;
import org.jspecify.annotations.Nullable;

/**
 * A dependency that the removal of the group would orphan or leave dangling.
 *
 * @param type from a closed set, such as {@code routing-profile-missing}
 * @param memberId the member with the dependency; null if the blocker is not about a member
 * @param reference the provider's id of the dependency; null if the provider gave none
 * @param detail a description of the dependency, without names of persons
 * @param remedy the action that resolves it
 */
public record Blocker(
        String type, @Nullable MemberId memberId, @Nullable String reference, String detail, String remedy) {}
