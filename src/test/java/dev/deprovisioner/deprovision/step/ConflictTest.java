package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a conflict means is known only from a read after it: the change may have had its effect all the same. */
class ConflictTest extends StubbedProvider {

    private static final ResponseDefinitionBuilder IN_USE =
            jsonResponse("{\"detail\":\"Queue 7 is routed to ann@example.com\",\"status\":\"409\"}", 409);

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    private static ResponseDefinitionBuilder conflict(String code, String words) {
        return jsonResponse("{\"code\":\"%s\",\"message\":\"%s\",\"status\":409}".formatted(code, words), 409);
    }

    private static ResponseDefinitionBuilder versioned(ResponseDefinitionBuilder answer, String etag) {
        return answer.withHeader("ETag", etag);
    }

    /** @return the pauses until the run ended */
    private List<Duration> pausesUntilEnd() {
        var pauses = new ArrayList<Duration>();
        for (var run = begun(); !run.isTerminal(); run = goneOn()) {
            assertThat(pauses).hasSizeLessThan(20);
            pauses.add(pause());
        }
        return pauses;
    }

    @Test
    void isTriedAgainAfterTwoFiveAndTenSecondsAndThenBlocksWhatHasChangedNothing() {
        onRead(with("ann"));
        onPatch(IN_USE);
        assertThat(pausesUntilEnd())
                .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));
        var problem = assertEnd(latest(), Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        assertThat(problem.quote()).contains("Queue 7").doesNotContain("ann@example.com");
        assertThat(problem.remedy()).startsWith("Reassign");
        provider.verify(4, patchRequestedFor(urlEqualTo(path(group))));
        assertThat(trail()).endsWith("REMOVE_MEMBERS BLOCKED");
    }

    @Test
    void leavesNothingChangedSoThatTheRunCanBeCancelled() {
        onRead(with("ann"));
        onPatch(
                conflict("in.use", "Queue 7").withHeader("x-request-id", "c-1"),
                conflict("in.use", "Queue 7").withHeader("x-request-id", "c-2"));
        begun();
        goneOn();

        assertThat(deprovisioning
                        .cancel(group, new Caller("operator"), run -> true)
                        .status())
                .isEqualTo(Status.CANCELLED);

        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE SUCCESS", "CANCEL SUCCESS");
        assertThat(jdbc.sql("SELECT details FROM audit_entry WHERE group_id = ? AND action = 'CANCEL'")
                        .param(group.value())
                        .query(String.class)
                        .single())
                .isEqualTo("{\"changes_refused\":2,\"correlation_id\":\"c-2\"}");
    }

    @Test
    void leavesAnEntryAlsoIfTheRunGoesBackLater() {
        onRead(with("ann"), with("ann"), with("ann", "bob"));
        onPatch(IN_USE);
        onProfile("bob", status(404));

        assertEnd(ended(), Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);

        provider.verify(1, patchRequestedFor(urlEqualTo(path(group))));
        assertThat(trail())
                .containsExactly("REQUEST SUCCESS", "VALIDATE SUCCESS", "REMOVE_MEMBERS CHANGED", "VALIDATE BLOCKED");
    }

    @Test
    void failsTheRunAfterTheRemoval() {
        onRead(with("ann"), with());
        onDelete(IN_USE);
        var end = ended();
        assertEnd(end, Status.FAILED, ProblemType.DEPENDENCIES_FOUND);
        assertThat(end.progress().membersRemoved()).isEqualTo(1);
        assertThat(trail()).endsWith("REMOVE_MEMBERS SUCCESS", "DELETE FAILED");
    }

    @Test
    void overTheDeletionOfAnEmptyGroupBlocks() {
        onRead(with());
        onDelete(IN_USE);
        assertEnd(ended(), Status.BLOCKED, ProblemType.DEPENDENCIES_FOUND);
        provider.verify(4, deleteRequestedFor(urlEqualTo(path(group))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void thatPassesOnlyDelaysTheDeletion(int times) {
        onRead(Stream.concat(
                        Stream.of(with("u1", "u2", "u3"), with()),
                        Stream.concat(Stream.generate(() -> with()).limit(2L * times), Stream.of(noGroup(404))))
                .toArray(ResponseDefinitionBuilder[]::new));
        var conflict = conflict("general.conflict", "The version number of the modified resource must match");
        onDelete(Stream.concat(Stream.generate(() -> conflict).limit(times), Stream.of(status(204)))
                .toArray(ResponseDefinitionBuilder[]::new));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersRemoved()).isEqualTo(3);
    }

    @Test
    void aboutAVersionThatLastsIsNoDependency() {
        onRead(with("ann"));
        onPatch(conflict("general.conflict", "The version number of the modified resource must match"));
        var problem = assertEnd(ended(), Status.BLOCKED, ProblemType.UPSTREAM_CONFLICT);
        assertThat(problem.quote()).contains("version number");
        assertThat(problem.remedy()).doesNotContain("Reassign");
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 412, 500})
    void mayHaveHadItsEffect(int status) {
        onRead(versioned(with("u1", "u2", "u3"), "\"v1\""), versioned(with(), "\"v2\""), noGroup(404));
        onPatch(status(status));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersRemoved()).isEqualTo(3);
        assertThat(end.timeline().revalidations()).isZero();
        assertSent(3, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 412, 500})
    void mayHaveHadHalfOfItsEffect(int status) {
        onRead(with("u1", "u2", "u3"), with("u3"), with(), noGroup(404));
        onPatch(status(status), status(204));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersRemoved()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 412})
    void mayHaveDeletedTheGroup(int status) {
        onRead(with(), noGroup(404));
        onDelete(status(status));
        assertThat(ended().verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertSent(2, 0, 1);
    }

    static Stream<ResponseDefinitionBuilder> aVersionThatIsNeverAcceptedIsLeftOut() {
        return Stream.of(
                status(412), jsonResponse("{\"scimType\":\"invalidVers\",\"status\":\"400\"}", 400), status(501));
    }

    @ParameterizedTest
    @MethodSource
    void aVersionThatIsNeverAcceptedIsLeftOut(ResponseDefinitionBuilder refusal) {
        var full = versioned(with("ann"), "\"v1-gzip\"");
        onRead(full, full, versioned(with(), "\"v2-gzip\""), versioned(with(), "\"v2-gzip\""), noGroup(404));
        onPatch(refusal, status(204));
        onDelete(refusal, status(204));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.timeline().revalidations()).isZero();
        assertSent(5, 2, 2);
        provider.verify(1, patchRequestedFor(urlEqualTo(path(group))).withHeader("If-Match", equalTo("\"v1-gzip\"")));
        provider.verify(1, patchRequestedFor(urlEqualTo(path(group))).withHeader("If-Match", absent()));
        provider.verify(1, deleteRequestedFor(urlEqualTo(path(group))).withHeader("If-Match", absent()));
    }

    /** By RFC 9110, section 13.1.1, a weak version never matches: that it is refused shows no change of the group. */
    @Test
    void aboutAWeakVersionThatIsAnotherOneAtEachReadOnlyDelaysTheRun() {
        onRead(
                versioned(with("ann"), "W/\"1\""),
                versioned(with("ann"), "W/\"2\""),
                versioned(with("ann"), "W/\"3\""),
                versioned(with(), "W/\"4\""),
                noGroup(404));
        onPatch(status(412), status(204));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.timeline().revalidations()).isEqualTo(1);
        provider.verify(1, patchRequestedFor(urlEqualTo(path(group))).withHeader("If-Match", equalTo("W/\"1\"")));
        provider.verify(1, patchRequestedFor(urlEqualTo(path(group))).withHeader("If-Match", absent()));
        provider.verify(1, deleteRequestedFor(urlEqualTo(path(group))).withHeader("If-Match", absent()));
    }

    @Test
    void withoutAVersionIsTriedAgainAndThenReported() {
        onRead(with());
        onDelete(status(412));
        assertThat(pausesUntilEnd()).hasSize(3);
        assertEnd(latest(), Status.BLOCKED, ProblemType.UPSTREAM_CONFLICT);
    }

    @Test
    void ofAnotherVersionValidatesAgain() {
        onRead(
                versioned(with("ann"), "\"1\""),
                versioned(with("ann"), "\"2\""),
                versioned(with("ann"), "\"2\""),
                with(),
                noGroup(404));
        onPatch(status(409), status(204));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.timeline().revalidations()).isEqualTo(1);
        assertThat(trail()).contains("REMOVE_MEMBERS CHANGED");
    }

    @Test
    void withANewMemberValidatesAgainAndSaysWhatWasSent() {
        onRead(with("ann"), with("bob"), with("bob"), with(), noGroup(404));
        onPatch(status(412), status(204));
        var end = ended();
        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersRemoved()).isEqualTo(2);
        assertThat(trail())
                .containsExactly(
                        "REQUEST SUCCESS",
                        "VALIDATE SUCCESS",
                        "REMOVE_MEMBERS CHANGED",
                        "VALIDATE SUCCESS",
                        "REMOVE_MEMBERS SUCCESS",
                        "DELETE SUCCESS");
    }
}
