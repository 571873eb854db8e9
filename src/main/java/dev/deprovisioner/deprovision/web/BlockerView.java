package dev.deprovisioner.deprovision.web;

import dev.deprovisioner.deprovision.Blocker;
import io.swagger.v3.oas.annotations.media.Schema;
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
