package dev.deprovisioner.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.dependency.CheckedGroup.Address;
import dev.deprovisioner.dependency.CheckedGroup.NativeGroup;
import dev.deprovisioner.dependency.DependencyProperties.GenesysNotFound;
import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PhoneCheckTest {

    private static final NativeGroup LEFT_OUT = new NativeGroup(null, true);

    private final GenesysOrganisation genesys = new GenesysOrganisation();

    private List<Dependency> found(@Nullable NativeGroup shown) {
        return genesys.find(genesys.group(shown), GenesysNotFound.UNKNOWN, GenesysReference.PHONES)
                .dependencies();
    }

    private static NativeGroup with(Address... addresses) {
        return new NativeGroup(List.of(addresses), false);
    }

    @Test
    void findsEachNumberAndTheGroupRing() {
        var found = found(
                with(new Address("GROUPPHONE", "+49 89 1234"), new Address("GROUPRING", "4711"), new Address("", "")));

        assertThat(found).extracting(Dependency::type).containsOnly("phone-number");
        assertThat(found)
                .extracting(Dependency::detail)
                .containsExactly(
                        "The group has a phone number: +49 89 1234.",
                        "The group has a group ring: 4711.",
                        "The group has a phone number.");
    }

    @Test
    void keepsNoEMailAddress() {
        assertThat(found(with(new Address("EMAIL", "team@example.com"))))
                .extracting(Dependency::detail)
                .containsExactly("The group has a phone number.");
    }

    @Test
    void findsNothingInAnEmptyListOfAddresses() {
        assertThat(found(with())).isEmpty();
    }

    @Test
    void doubtsAddressesThatCannotBeRead() {
        assertThat(found(new NativeGroup(null, false)))
                .extracting(Dependency::type)
                .containsExactly("phone-unknown");
    }

    @Test
    void doubtsAGroupWhoseAddressesAreLeftOut() {
        assertThat(found(LEFT_OUT)).singleElement().satisfies(unknown -> {
            assertThat(unknown.type()).isEqualTo("phone-unknown");
            assertThat(unknown.detail()).contains("leaves the addresses out", "genesys-left-out=none");
        });
    }

    @Test
    void takesLeftOutAddressesForNoneIfTheSettingsSay() {
        assertThat(genesys.findWithLeftOut(genesys.group(LEFT_OUT), GenesysReference.PHONES))
                .isEqualTo(Findings.NONE);
        assertThat(genesys.findWithLeftOut(genesys.group(null), GenesysReference.PHONES)
                        .dependencies())
                .hasSize(1);
        assertThat(genesys.findWithLeftOut(genesys.group(new NativeGroup(null, false)), GenesysReference.PHONES)
                        .dependencies())
                .hasSize(1);
    }

    @Test
    void namesTheSettingThatReadsTheGroup() {
        assertThat(found(null)).extracting(Dependency::type).containsExactly("phone-unknown");
        assertThat(found(null).getFirst().remedy())
                .contains("deprovisioner.scim.native-group-path")
                .contains("genesys-references without phones");
    }
}
