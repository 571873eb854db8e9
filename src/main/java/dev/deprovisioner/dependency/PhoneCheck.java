package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.CheckedGroup.Address;
import dev.deprovisioner.dependency.DependencyProperties.GenesysLeftOut;
import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import java.util.List;
import org.springframework.stereotype.Component;

/** Calls to a phone number of a group, or to its group ring, would reach no user. */
@Component
class PhoneCheck implements GroupCheck {

    private static final UnknownReference UNKNOWN = new UnknownReference(
            "phone-unknown",
            "Whether the group has phone numbers",
            "Set deprovisioner.scim.native-group-path to /api/v2/groups/{groupId}",
            GenesysReference.PHONES);

    private static final String PLACE = "GET /api/v2/groups/{groupId}: the answer ";

    private final GenesysLeftOut leftOut;

    PhoneCheck(DependencyProperties properties) {
        this.leftOut = properties.genesysLeftOut();
    }

    @Override
    public GenesysReference reference() {
        return GenesysReference.PHONES;
    }

    @Override
    public Findings check(CheckedGroup group) {
        var shown = group.nativeGroup();
        return UNKNOWN.conclude(
                shown == null ? Listing.unclear("The group was not read in Genesys Cloud's own API") : numbers(shown));
    }

    private Listing<Dependency> numbers(CheckedGroup.NativeGroup group) {
        if (group.addressesLeftOut()) {
            return leftOut();
        }
        var addresses = group.addresses();
        return addresses == null
                ? Listing.unclear(PLACE + "has no list of addresses that can be read")
                : Listing.complete(
                        addresses.stream().map(PhoneCheck::dependency).toList());
    }

    private Listing<Dependency> leftOut() {
        return switch (leftOut) {
            case UNKNOWN -> Listing.unclear(PLACE + "leaves the addresses out" + GenesysLeftOut.HINT);
            case NONE -> Listing.complete(List.of());
        };
    }

    private static Dependency dependency(Address address) {
        var what = address.type().equalsIgnoreCase("GROUPRING") ? "a group ring" : "a phone number";
        // E-mail addresses are not stored.
        boolean isNumber = !address.number().isEmpty() && !address.number().contains("@");
        return new Dependency(
                "phone-number",
                null,
                null,
                "The group has " + what + (isNumber ? ": " + address.number() : "") + ".",
                "Take it from the group, then post the group again.");
    }
}
