package dev.deprovisioner.dependency;

import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The group whose removal is checked, as the reads of one validation show it.
 *
 * @param id as the provider writes it
 * @param readAt when the validation read the group, by the monotonic clock, in nanoseconds: what was found out before that
 *     does not count
 * @param nativeGroup the group in the provider's own API; null if it was not read there
 */
public record CheckedGroup(
        GroupId id, long readAt, @Nullable NativeGroup nativeGroup) {

    /**
     * The facts of the group in the provider's own API.
     *
     * @param addresses its phone numbers and its group ring; null if the answer left them out, or had them in no form that
     *     can be read
     * @param addressesLeftOut whether the answer left them out
     */
    public record NativeGroup(@Nullable List<Address> addresses, boolean addressesLeftOut) {}

    /**
     * A phone number of the group, or its group ring.
     *
     * @param type as the provider writes it, such as {@code GROUPRING}; empty for none
     * @param number empty for none
     */
    public record Address(String type, String number) {}
}
