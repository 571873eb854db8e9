package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.Blocker;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A dependency that the removal of the group would orphan or leave dangling.
 *
 * @param type one of a closed set, such as {@code routing-profile-missing}
 * @param memberId the member with the dependency; absent if the blocker is not about a member
 * @param reference the provider's id of the dependency; absent if the provider gave none
 * @param detail a description of the dependency, without names of persons
 * @param remedy the action that resolves it
 */
@Schema(name = "Blocker")
record BlockerView(
        String type, @Nullable String memberId, @Nullable String reference, String detail, String remedy) {

    static BlockerView from(Blocker blocker) {
        var member = blocker.memberId();
        return new BlockerView(
                blocker.type(),
                member == null ? null : member.value(),
                blocker.reference(),
                blocker.detail(),
                blocker.remedy());
    }
}
