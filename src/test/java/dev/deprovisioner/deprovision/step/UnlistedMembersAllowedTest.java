package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.Step.State;
import dev.deprovisioner.policy.UnlistedMembers;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** An operator may let groups be deleted whose members the provider does not show. */
@TestPropertySource(
        properties = {
            "deprovisioner.upstream.client-id=lists-no-members-and-may",
            "deprovisioner.policy.unlisted-members=allow"
        })
class UnlistedMembersAllowedTest extends NeverListedMembers {

    @MockitoSpyBean
    private UnlistedMembers policy;

    @Test
    void deletesTheGroupAndSaysThatItsMembersWereNotSeen() {
        onRead(with(), noGroup(404));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.steps().of(Step.REMOVE_MEMBERS).state()).isEqualTo(State.SKIPPED);
        assertThat(end.progress().membersListed()).isFalse();
        assertThat(end.progress().membersTotal()).isNull();
        assertThat(end.membersRemoved()).isNull();
        assertSent(2, 0, 1);
        var body = jdbc.sql("SELECT body FROM webhook_delivery WHERE group_id = ?")
                .param(group.value())
                .query(String.class)
                .single();
        assertThat(body).contains("group_deprovisioned").doesNotContain("members_removed");
        assertThat(jdbc.sql("SELECT COUNT(members) FROM audit_entry WHERE group_id = ?")
                        .param(group.value())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void countsNoMemberAlsoWhereTheRunWentBack() {
        onRead(
                with().withHeader("ETag", "\"v1\""),
                with().withHeader("ETag", "\"v2\""),
                with().withHeader("ETag", "\"v2\""),
                noGroup(404));
        onDelete(status(412), status(204));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(trail()).contains("DELETE CHANGED");
        assertThat(end.membersRemoved()).isNull();
    }

    @Test
    void doesNotAllowAListThatIsCut() {
        onRead(okJson("{\"id\":\"%s\",\"members\":[],\"memberCount\":3}".formatted(group)));
        assertEnd(ended(), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);
        assertSent(2, 0, 0);
    }

    @Test
    void sendsNoDeletionOnceItIsNoLongerAllowed() {
        onRead(with());
        onDelete(status(429).withHeader("Retry-After", "60"));
        assertParked(begun(), Step.DELETE_GROUP, ProblemType.UPSTREAM_UNAVAILABLE);
        given(policy.areAllowed()).willReturn(false);

        assertEnd(ended(latest()), Status.BLOCKED, ProblemType.MEMBERS_NOT_VISIBLE);

        provider.verify(1, deleteRequestedFor(anyUrl()));
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE SUCCESS", "VALIDATE BLOCKED");
    }

    /** The group may still be deleted by the first one. */
    @Test
    void waitsAfterADeletionThatMayStillHappen() {
        onRead(with());
        onDelete(status(503));
        assertParked(begun(), Step.DELETE_GROUP, ProblemType.UPSTREAM_UNAVAILABLE);
        given(policy.areAllowed()).willReturn(false);

        assertParked(goneOn(), Step.VALIDATE, ProblemType.MEMBERS_NOT_VISIBLE);

        provider.verify(1, deleteRequestedFor(anyUrl()));
    }
}
