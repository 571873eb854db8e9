package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A read of several requests may take so long that nothing can be decided on it when it ends. */
class SlowReadTest extends StubbedProvider {

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    /** A read whose second request, which asks for the members, has to wait 16 s. */
    private Stream<ResponseDefinitionBuilder> slowly(ResponseDefinitionBuilder shown) {
        var withoutMembers = okJson("{\"id\":\"%s\",\"displayName\":\"Sales\"}".formatted(group));
        return Stream.of(withoutMembers, status(429).withHeader("Retry-After", "16"), shown);
    }

    @SafeVarargs
    private void onReads(Stream<ResponseDefinitionBuilder>... reads) {
        onRead(Stream.of(reads).flatMap(read -> read).toArray(ResponseDefinitionBuilder[]::new));
    }

    /** The checks of the members take so long that the group has to be read again before the removal. */
    private void checkSlowly(String member) {
        onProfile(member, status(429).withHeader("Retry-After", "16"), okJson("{\"id\":\"p\",\"active\":true}"));
    }

    private static String detail(Deprovision run) {
        return Objects.requireNonNull(run.verdict().problem()).detail();
    }

    private static String remedy(Deprovision run) {
        return Objects.requireNonNull(
                Objects.requireNonNull(run.verdict().problem()).remedy());
    }

    @Test
    void aRemovalOfAllIsNotSentAfterAReadOfMoreThanFifteenSeconds() {
        onReads(
                Stream.of(with("ann")),
                slowly(with("ann")),
                slowly(with("ann")),
                Stream.of(with("ann"), with(), noGroup(404)));
        checkSlowly("ann");

        assertParked(begun(), Step.REMOVE_MEMBERS, ProblemType.UPSTREAM_UNAVAILABLE);

        assertSent(7, 0, 0);
        assertThat(detail(latest())).contains("took 16 s", "less than 15 s");
        assertThat(remedy(latest()))
                .contains("deprovisioner.upstream.rate-limit.requests", "deprovisioner.scim.member-removal=FILTERED");
        assertThat(goneOn().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    @Test
    void aRunWhoseReadsStaySlowFailsWithThatProblem() {
        onReads(Stream.of(with("ann")), slowly(with("ann")), slowly(with("ann")));
        checkSlowly("ann");
        begun();
        time.step(Duration.ofDays(2));

        assertEnd(goneOn(), Status.FAILED, ProblemType.UPSTREAM_UNAVAILABLE);

        assertThat(detail(latest())).contains("took 16 s");
        assertSent(7, 0, 0);
    }

    @Test
    void aDeletionIsNotSentAfterAReadOfMoreThanFifteenSeconds() {
        onReads(Stream.of(with()), slowly(with()), Stream.of(with(), noGroup(404)));
        onDelete(status(429).withHeader("Retry-After", "40"), status(204));
        begun();

        assertParked(goneOn(), Step.DELETE_GROUP, ProblemType.UPSTREAM_UNAVAILABLE);

        assertSent(4, 0, 1);
        assertThat(detail(latest())).contains("took 16 s", "less than 15 s");
        assertThat(remedy(latest()))
                .contains("deprovisioner.upstream.rate-limit.requests")
                .doesNotContain("FILTERED");
        assertThat(goneOn().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    @Test
    void aValidationWhoseReadWasSlowOnceReadsAgain() {
        onReads(slowly(with("ann")), Stream.of(with("ann"), with(), noGroup(404)));

        assertParked(begun(), Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);

        assertThat(detail(latest())).contains("took 16 s");
        assertThat(goneOn().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    @Test
    void aValidationWhoseReadsAreAllSlowIsBlocked() {
        onReads(slowly(with("ann")), slowly(with("ann")));
        begun();

        assertEnd(goneOn(), Status.BLOCKED, ProblemType.UPSTREAM_UNAVAILABLE);

        assertThat(remedy(latest())).contains("deprovisioner.scim.member-removal=FILTERED");
        assertSent(6, 0, 0);
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE BLOCKED");
    }

    /** Another cause of a wait says nothing about the time of reads. */
    @Test
    void anOutageBeforeASlowReadBlocksNothing() {
        onReads(
                Stream.of(status(429).withHeader("Retry-After", "60")),
                slowly(with("ann")),
                Stream.of(with("ann"), with(), noGroup(404)));
        begun();

        assertParked(goneOn(), Step.VALIDATE, ProblemType.UPSTREAM_UNAVAILABLE);
        assertThat(goneOn().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }

    /** Nothing is removed from it, and the deletion has a read of its own. */
    @Test
    void anEmptyGroupMayBeReadSlowly() {
        onReads(slowly(with()), Stream.of(with(), noGroup(404)));

        assertThat(begun().verdict().outcome()).isEqualTo(Outcome.DELETED);
    }
}
