package dev.deprovisioner.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider that does what RFC 7644 asks for. */
class ScimPresetTest extends ScimPreset {

    @Override
    StandIn standIn() {
        return Providers.strict(time::instant);
    }

    @ParameterizedTest
    @MethodSource("documentedRequests")
    void takesTheFewestRequests(int members, int requests) {
        assertThat(requestsFor(members)).as("%s", sent()).isEqualTo(requests);
    }

    @Test
    void namesAMemberAgainWhoWasLeftOut() {
        createGroup(120);
        provider().groups().forgetOnce("u7");

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(120);
    }

    @Test
    void takesIdsAsTheyAre() {
        group = new GroupId(group + "\"b");
        var members = List.of("u\"1", "u\\2", "u 3", "\u00fc4", "a+b&c=d", "%41", "x\"] or value pr", "\ud83d\ude00");
        provider().directory().create(group.value(), members);

        assertDeleted(ended());

        assertThat(provider().directory().removedFrom(group.value())).isEqualTo(members.size());
    }

    /** This client may view no member. */
    @Test
    void neverTakesAFullGroupForAnEmptyOne() {
        createGroup(3);
        provider().groups().view(MemberView.emptyList());
        provider().users().visible(user -> false);

        assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);

        assertKept(3);
    }

    @Test
    void deletesAnEmptyGroup() {
        createGroup(0);
        provider().directory().create("other", members(1));

        assertDeleted(ended());
    }

    @Test
    void isCheckedWithoutAChange() {
        createGroup(3);

        assertThat(checked())
                .containsExactly(
                        "token-obtained",
                        "collection-read",
                        "features-shown",
                        "schema-shown",
                        "group-shown",
                        "members-listed",
                        "version-not-shown",
                        "absence-recognised");
        assertKept(3);
        assertThat(server.exchanges())
                .allSatisfy(exchange -> assertThat(exchange.request().method()).isEqualTo("GET"));
    }

    @Test
    void isCheckedForAnIdThatNoGroupHas() {
        assertThat(checked()).contains("group-absent WARNING", "absence-recognised");
    }
}
