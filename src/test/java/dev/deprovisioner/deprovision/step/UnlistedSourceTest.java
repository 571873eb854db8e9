package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.deprovision.Warning;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** A provider that is known to show members nowhere, where an operator lets groups be deleted all the same. */
@TestPropertySource(
        properties = {
            "deprovisioner.upstream.client-id=shows-nobody",
            "deprovisioner.scim.members-source=unlisted",
            "deprovisioner.policy.unlisted-members=allow"
        })
class UnlistedSourceTest extends StubbedProvider {

    @BeforeEach
    void deletable() {
        onDelete(status(204));
    }

    @Test
    void deletesTheGroupWithItsMembershipsAndSaysThatTheyWereNotSeen() {
        onRead(with(), noGroup(404));

        var end = ended();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.steps().of(Step.REMOVE_MEMBERS).state()).isEqualTo(State.SKIPPED);
        assertThat(end.progress().membersSource()).isEqualTo("unlisted");
        assertThat(end.progress().membersListed()).isFalse();
        assertThat(end.progress().membersTotal()).isNull();
        assertThat(end.progress().warnings()).extracting(Warning::type).containsExactly("members-not-seen");
        assertSent(2, 0, 1);
        assertThat(jdbc.sql("SELECT body FROM webhook_delivery WHERE group_id = ?")
                        .param(group.value())
                        .query(String.class)
                        .single())
                .doesNotContain("members_removed");
        assertThat(details("DELETE")).contains("\"members_source\":\"unlisted\"", "\"members_listed\":false");
    }

    @Test
    void refusesAGroupThatShowsAMemberAllTheSame() {
        onRead(with("ann"));

        assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);
        assertSent(2, 0, 0);
        assertThat(details("VALIDATE")).contains("\"members_source\":\"unlisted\"", "\"members_listed\":false");
    }

    @Test
    void saysOfADeletionThatNoReadConfirmsThatMembersWereNotSeen() {
        onRead(with());

        assertParked(begun(), Step.DELETE_GROUP, ProblemType.DELETE_NOT_VERIFIED);
        assertThat(problem().detail()).doesNotContain("removed");

        time.step(Duration.ofHours(24));
        assertEnd(goneOn(), Status.FAILED, ProblemType.DELETE_NOT_VERIFIED);
        assertThat(problem().detail()).contains("members were not shown").doesNotContain("removed");
    }

    private Problem problem() {
        return Objects.requireNonNull(latest().verdict().problem());
    }

    private String details(String action) {
        return jdbc.sql("SELECT details FROM audit_entry WHERE group_id = ? AND action = ?")
                .param(group.value())
                .param(action)
                .query(String.class)
                .single();
    }
}
