package dev.deprovisioner.scim;

import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A group as the provider's own API shows it, beside SCIM.
 *
 * @param name as it is displayed; null if the answer has none
 * @param memberCount how many members it has, as far as the answer says
 * @param addresses its phone numbers and its group ring; null if the answer leaves them out, or has them in no form that can
 *     be read
 * @param addressesLeftOut whether the answer leaves them out
 */
public record NativeGroup(
        @Nullable String name,
        MemberCount memberCount,
        @Nullable List<Address> addresses,
        boolean addressesLeftOut) {

    public NativeGroup {
        addresses = addresses == null ? null : List.copyOf(addresses);
    }

    /** Whether that API certainly counts no member. */
    public boolean isEmpty() {
        return memberCount.equals(new MemberCount.Counted(0));
    }

    /**
     * Its addresses as another package has them: the checks of a group do not know this one.
     *
     * @param address makes one of the type and the number of each
     * @return null if the answer has them in no form that can be read
     */
    public <A> @Nullable List<A> addressesAs(BiFunction<String, String, A> address) {
        return addresses == null
                ? null
                : addresses.stream()
                        .map(each -> address.apply(each.type(), each.number()))
                        .toList();
    }

    /**
     * A phone number of the group, or its group ring.
     *
     * @param type as the provider writes it, such as {@code GROUPRING}
     * @param number the number, the extension, or what is displayed for it; empty for none
     */
    public record Address(String type, String number) {}
}
