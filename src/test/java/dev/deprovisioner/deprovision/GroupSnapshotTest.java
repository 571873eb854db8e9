package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.GroupSnapshot.Member;
import dev.deprovisioner.deprovision.GroupSnapshot.Settings;
import dev.deprovisioner.identifier.MemberId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was read says something only under the settings under which it was read. */
class GroupSnapshotTest {

    private static final Settings NOW = new Settings("provider", "listing");
    private static final List<Member> ANN = List.of(new Member(new MemberId("ann"), false));

    private static GroupSnapshot read(List<Member> members, Listing listing, @Nullable Settings settings) {
        return new GroupSnapshot("Sales", null, members, null, listing, "group", settings);
    }

    @Test
    void showsThatMembersAreListed() {
        assertThat(read(ANN, Listing.COMPLETE, NOW).listsMembersUnder(NOW)).isTrue();
        assertThat(read(List.of(), Listing.COMPLETE, NOW).listsMembersUnder(NOW))
                .isFalse();
        assertThat(read(ANN, Listing.PARTIAL, NOW).listsMembersUnder(NOW)).isFalse();
    }

    @Test
    void showsNothingOfMembersThatAreReadInAnotherWay() {
        assertThat(read(ANN, Listing.COMPLETE, new Settings("provider", "other"))
                        .listsMembersUnder(NOW))
                .isFalse();
        assertThat(read(ANN, Listing.COMPLETE, null).listsMembersUnder(NOW)).isFalse();
    }

    @Test
    void isOfAnotherProviderOnlyIfThatIsCertain() {
        assertThat(read(ANN, Listing.COMPLETE, new Settings("other", "listing")).isFromOtherProvider(NOW))
                .isTrue();
        assertThat(read(ANN, Listing.COMPLETE, new Settings("provider", "other"))
                        .isFromOtherProvider(NOW))
                .isFalse();
        assertThat(read(ANN, Listing.COMPLETE, null).isFromOtherProvider(NOW)).isFalse();
    }
}
