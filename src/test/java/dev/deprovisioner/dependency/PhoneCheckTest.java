package dev.deprovisioner.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.dependency.CheckedGroup.Address;
import dev.deprovisioner.dependency.CheckedGroup.NativeGroup;
import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PhoneCheckTest {

    private static List<Dependency> found(@Nullable NativeGroup shown) {
        return new PhoneCheck()
                .check(new CheckedGroup(new GroupId("g1"), 0, shown))
                .dependencies();
    }

    @Test
    void findsEachNumberAndTheGroupRing() {
        var found = found(new NativeGroup(List.of(
                new Address("GROUPPHONE", "+49 89 1234"), new Address("GROUPRING", "4711"), new Address("", ""))));

        assertThat(found).extracting(Dependency::type).containsOnly("phone-number");
        assertThat(found)
                .extracting(Dependency::detail)
                .containsExactly(
                        "The group has a phone number: +49 89 1234.",
                        "The group has a group ring: 4711.",
                        "The group has a phone number.");
    }

    @Test
    void findsNothingInAGroupWithoutAddresses() {
        assertThat(found(new NativeGroup(List.of()))).isEmpty();
    }

    @Test
    void doubtsAddressesThatCannotBeRead() {
        assertThat(found(new NativeGroup(null))).extracting(Dependency::type).containsExactly("phone-unknown");
    }

    @Test
    void namesTheSettingThatReadsTheGroup() {
        assertThat(found(null)).extracting(Dependency::type).containsExactly("phone-unknown");
        assertThat(found(null).getFirst().remedy())
                .contains("deprovisioner.scim.native-group-path")
                .contains("genesys-references without phones");
    }
}
