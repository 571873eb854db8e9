package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionCommand;
import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.RequestAccess;
import dev.deprovisioner.deprovision.RunFilter;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What callers may decide: when a run starts, that it does not, and what they see of all runs. */
class QueueOrderTest extends StubbedProvider {

    private static final Caller ANN = new Caller("ann");

    private static DeprovisionCommand at(@Nullable Instant notBefore) {
        return new DeprovisionCommand(new Caller("portal"), "ann", "closing", notBefore, false, null);
    }

    private Deprovision request(DeprovisionCommand order) {
        return (Deprovision) deprovisioning.request(group, order, Runs.ANY_GROUP);
    }

    @Test
    void refusesARepetitionForAnotherTime() {
        var start = time.instant().plus(Duration.ofHours(1));
        var first = request(at(start));

        assertThat(first.status()).isEqualTo(Status.SCHEDULED);
        assertThat(first.timeline().nextAttemptAt()).isEqualTo(start);
        assertThat(request(at(start)).id()).isEqualTo(first.id());
        assertThat(request(at(null)).id()).isEqualTo(first.id());
        assertThatThrownBy(() -> request(at(start.plusSeconds(1))))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("conflict");
    }

    @Test
    void doesNotTouchARunThatTheCallerMayNotSee() {
        onRead(status(503));
        var waiting = begun();
        time.step(Duration.ofMillis(1));

        var own = deprovisioning.request(group, at(null), new RequestAccess(false, run -> false, 1000));

        assertThat(own.id()).isNotEqualTo(waiting.id());
        assertThat(latest()).isEqualTo(waiting);
    }

    @Test
    void cancelsWhatHasNotBegun() {
        requested();

        var cancelled = deprovisioning.cancel(group, ANN, run -> true);

        assertThat(cancelled.status()).isEqualTo(Status.CANCELLED);
        assertThat(deprovisioning.cancel(group, ANN, run -> true)).isEqualTo(cancelled);
        assertThat(advance(cancelled)).isNull();
        provider.verify(0, anyRequestedFor(anyUrl()));
        assertThat(actions()).containsExactly("REQUEST", "CANCEL");
    }

    @Test
    void cancelsWhatWaitsBeforeAnythingWasChanged() {
        onRead(status(503));
        begun();

        assertThat(deprovisioning.cancel(group, ANN, run -> true).status()).isEqualTo(Status.CANCELLED);
        assertThat(requested().status()).isEqualTo(Status.SCHEDULED);
    }

    @Test
    void doesNotCancelWhatHasBegunToChangeTheGroup() {
        onRead(with("ann"));
        onPatch(status(500));
        var waiting = begun();

        assertThatThrownBy(() -> deprovisioning.cancel(group, ANN, run -> true)).hasMessageStartingWith("conflict");
        assertThat(latest()).isEqualTo(waiting);
    }

    @Test
    void doesNotCancelWhatHasEnded() {
        onRead(noGroup(404));
        ended();

        assertThatThrownBy(() -> deprovisioning.cancel(group, ANN, run -> true)).hasMessageStartingWith("conflict");
        assertThatThrownBy(() -> deprovisioning.cancel(new GroupId("never-named"), ANN, run -> true))
                .hasMessageStartingWith("not-found");
    }

    private static RunFilter of(Status status) {
        return new RunFilter(null, status, null, null, null);
    }

    @Test
    void pagesThroughAllRunsTheNewestFirst() {
        var requested = new ArrayList<DeprovisionId>();
        for (int i = 0; i < 5; i++) {
            requested.addFirst(deprovisioning
                    .request(new GroupId(group + "-" + i), at(null), Runs.ANY_GROUP)
                    .id());
        }

        var seen = new ArrayList<DeprovisionId>();
        DeprovisionHistory.Page page;
        do {
            var before = seen.isEmpty()
                    ? null
                    : (Long) history.key(seen.getLast()).orElseThrow().sequence();
            page = history.page(of(Status.SCHEDULED), before, 2, run -> true);
            page.items().forEach(run -> seen.add(run.id()));
        } while (page.more() && seen.size() < requested.size());

        assertThat(seen).startsWith(requested.toArray(DeprovisionId[]::new));
        assertThat(history.page(of(Status.CANCELLED), null, 1000, run -> true).items())
                .allMatch(run -> run.recorded().status().equals("CANCELLED"));
    }

    @Test
    void keepsTheRunsOfAGroupApart() {
        requested();
        deprovisioning.cancel(group, ANN, run -> true);
        var second = requested();

        assertThat(history.page(RunFilter.of(group), null, 10, run -> true).items())
                .hasSize(2)
                .first()
                .isEqualTo(second);
        assertThat(history.find(group, second.id())).contains(second);
        assertThat(history.find(new GroupId("another"), second.id())).isEmpty();
    }

    private List<@Nullable String> actions() {
        return jdbc.sql("SELECT action FROM audit_entry WHERE group_id = :group ORDER BY id")
                .param("group", group.value())
                .query(String.class)
                .list();
    }
}
