package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.ProblemType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestPropertySource;

/** A request that names several members is refused because of one of them. */
@TestPropertySource(properties = "deprovisioner.scim.member-removal=FILTERED")
class RefusedBatchTest extends StubbedProvider {

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    @Test
    void goesOnWithThoseWhoAreLeft() {
        onRead(with("u1", "u2", "u3"), with("u1", "u3"), with(), noGroup(404));
        onPatch(jsonResponse("{\"detail\":\"Group membership not found\",\"status\":\"400\"}", 400), status(204));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
        assertSent(4, 2, 1);
    }

    private void refuses(String member, int status) {
        provider.stubFor(patch(urlEqualTo(path(group)))
                .atPriority(1)
                .withRequestBody(containing("\\\"" + member + "\\\""))
                .willReturn(jsonResponse(
                        "{\"detail\":\"User does not exist\",\"status\":\"%d\"}".formatted(status), status)));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 422})
    void removesTheOthersAndNamesTheOneWhoIsRefused(int status) {
        // Read, unchanged after the refusals of all, of the half and of the one, and read back.
        onRead(
                with("u1", "u2", "u3", "u4"),
                with("u1", "u2", "u3", "u4"),
                with("u1", "u2", "u3", "u4"),
                with("u1", "u2", "u3", "u4"),
                with("u2"));
        refuses("u2", status);
        var end = ended();
        assertEnd(end, Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertThat(end.progress().membersRemoved()).isEqualTo(3);
        assertThat(blockers(end)).singleElement().satisfies(blocker -> {
            assertThat(blocker.memberId()).isEqualTo(new MemberId("u2"));
            assertThat(blocker.type()).isEqualTo("removal-refused");
        });
        provider.verify(
                1,
                patchRequestedFor(urlEqualTo(path(group)))
                        .withRequestBody(containing("u1"))
                        .withRequestBody(notContaining("u2")));
    }

    @Test
    void namesTheOnlyMemberWhoIsRefused() {
        onRead(with("u2"));
        refuses("u2", 404);
        var end = ended();
        assertEnd(end, Status.FAILED, ProblemType.REMOVAL_NOT_EFFECTIVE);
        assertThat(blockers(end)).extracting(Blocker::memberId).containsExactly(new MemberId("u2"));
    }

    @Test
    void doesNotCountTheRefusedMemberWhoLeavesWhileTheOthersAreRemoved() {
        var all = with("u1", "u2", "u3", "u4");
        onRead(all, all, all, all, with(), noGroup(404));
        refuses("u2", 404);
        var end = ended();
        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(end.progress().membersRemoved()).isEqualTo(3);
    }
}
