package dev.deprovisioner.deprovision.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anySet;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.deprovisioner.audit.AuditEntry;
import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionMetrics;
import dev.deprovisioner.deprovision.DeprovisionProperties;
import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.GroupSnapshot.Listing;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.RunEnded;
import dev.deprovisioner.deprovision.RunResult;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.StepAudit;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.tracing.TraceContinuation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Steps are performed outside transactions, and what came of them is recorded in one. */
class AttemptsAndTransactionsTest {

    private static final Problem NO_ANSWER = new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "No answer.");

    private static final DeprovisionProperties PROPERTIES = new DeprovisionProperties(Duration.ofHours(24), 4);

    private final SteppedTime time = new SteppedTime();
    private final Deprovisions runs = mock();
    private final AuditTrail audit = mock();
    private final List<Step> performedInTransaction = new ArrayList<>();
    private final List<Step> performed = new ArrayList<>();
    private final List<Deprovision> saved = new ArrayList<>();
    private final List<RunEnded> endsOutsideTransactions = new ArrayList<>();
    private final List<RunEnded> ends = new ArrayList<>();
    private final DueCallers due = mock();
    private final FairWorkerAllocation workers = new FairWorkerAllocation(PROPERTIES, due, time);
    private Duration stepTime = Duration.ZERO;
    private int commits;
    private final Map<Step, StepResult> results = new EnumMap<>(Step.class);

    private final class FakeStep implements StepAction {

        private final Step step;

        FakeStep(Step step) {
            this.step = step;
        }

        @Override
        public Step step() {
            return step;
        }

        @Override
        public StepResult perform(StepContext context) {
            performed.add(step);
            time.step(stepTime);
            context.yieldWorkerIfNeeded();
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                performedInTransaction.add(step);
            }
            return Objects.requireNonNull(results.get(step));
        }
    }

    /** Has no resource, and shows whether a transaction is active. */
    private final class NoResource extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return new Object();
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            commits++;
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }

    @BeforeEach
    void everyStepSucceeds() {
        given(runs.save(any())).willAnswer(save -> {
            saved.add(save.getArgument(0));
            return save.<Deprovision>getArgument(0).saved();
        });
        var group = new GroupSnapshot("Sales", null, List.of(), null, Listing.COMPLETE, "group", null);
        var seen = new ReadSnapshot(group, time.nanos(), time);
        results.put(Step.VALIDATE, new StepResult.Validated(seen, 0, List.of()));
        results.put(Step.REMOVE_MEMBERS, new StepResult.Emptied(seen));
        results.put(Step.DELETE_GROUP, new StepResult.Gone(Outcome.DELETED));
        results.put(Step.SYNC_DIRECTORY, new StepResult.Announced());
    }

    private void hear(Object event) {
        if (event instanceof RunEnded end) {
            ends.add(end);
            if (!TransactionSynchronizationManager.isActualTransactionActive()) {
                endsOutsideTransactions.add(end);
            }
        }
    }

    private List<String> trail() {
        var entries = ArgumentCaptor.forClass(AuditEntry.class);
        verify(audit, atLeast(0)).append(entries.capture());
        return entries.getAllValues().stream()
                .map(entry -> entry.action() + " " + entry.status())
                .toList();
    }

    private StepAttempt attempts(RunBackoff parking) {
        var actions = Stream.of(Step.values()).<StepAction>map(FakeStep::new).toList();
        return new StepAttempt(actions, runs, new StepTransitions(parking), ObservationRegistry.create(), time, time);
    }

    private Optional<Instant> advance(Deprovision run) {
        given(runs.find(run.id())).willReturn(Optional.of(run));
        var parking = new RunBackoff(PROPERTIES);
        var attempts = attempts(parking);
        var recorder = new AttemptRecorder(
                runs,
                mock(),
                new StepAudit(audit, time),
                this::hear,
                new DeprovisionMetrics(new SimpleMeterRegistry()),
                new TransactionTemplate(new NoResource()));
        var traces = new TraceContinuation(Tracer.NOOP, ObservationRegistry.NOOP);
        return new RunWorker(runs, workers, attempts, recorder, parking, mock(), traces, time)
                .advance(run.id(), () -> Duration.ofSeconds(20));
    }

    @Test
    void noStepIsPerformedInATransaction() {
        advance(Runs.scheduled());

        assertThat(performed).containsExactly(Step.values());
        assertThat(performedInTransaction).isEmpty();
    }

    @Test
    void theDeletionAndItsAnnouncementAreRecordedInOneTransaction() {
        advance(Runs.scheduled());

        assertThat(commits).isEqualTo(3);
        assertThat(saved)
                .extracting(run -> run.status() + " " + run.step())
                .containsExactly(
                        "RUNNING VALIDATE",
                        "RUNNING REMOVE_MEMBERS",
                        "RUNNING DELETE_GROUP",
                        "SUCCEEDED SYNC_DIRECTORY");
        assertThat(trail()).containsExactly("VALIDATE SUCCESS", "REMOVE_MEMBERS SUCCESS", "DELETE SUCCESS");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 25})
    void aRunThatWaitsAtTheLastStepGoesOnThereAlsoPastItsDeadline(int hours) {
        var waiting = Runs.scheduled()
                .started(time.instant())
                .confirmedGone(Outcome.ALREADY_ABSENT, time.instant())
                .parked(NO_ANSWER, time.instant(), true);
        time.step(Duration.ofHours(hours));

        advance(waiting);

        assertThat(performed).containsExactly(Step.SYNC_DIRECTORY);
        assertThat(saved).last().satisfies(run -> {
            assertThat(run.status()).isEqualTo(Status.SUCCEEDED);
            assertThat(run.verdict()).isEqualTo(new RunResult(Outcome.ALREADY_ABSENT, 0, null));
        });
        assertThat(ends).singleElement().extracting(RunEnded::outcome).isEqualTo(Outcome.ALREADY_ABSENT);
        assertThat(trail()).isEmpty();
    }

    @Test
    void anErrorAtTheLastStepIsRecordedWithTheDeletion() {
        results.put(Step.SYNC_DIRECTORY, StepResult.UpstreamFault.later(NO_ANSWER));

        advance(Runs.scheduled());

        assertThat(saved)
                .last()
                .extracting(run -> run.status() + " " + run.step())
                .isEqualTo("WAITING SYNC_DIRECTORY");
        assertThat(trail()).endsWith("DELETE SUCCESS");
        assertThat(ends).isEmpty();
    }

    static Stream<Arguments> everyEndIsPublishedInTheTransactionThatRecordsIt() {
        return Stream.of(
                arguments(Step.SYNC_DIRECTORY, new StepResult.NoReceiver(), Status.SUCCEEDED),
                arguments(
                        Step.VALIDATE, new StepResult.Blocked(NO_ANSWER, List.of(), Progress.UNKNOWN), Status.BLOCKED),
                arguments(Step.DELETE_GROUP, new StepResult.Failed(NO_ANSWER), Status.FAILED));
    }

    @ParameterizedTest
    @MethodSource
    void everyEndIsPublishedInTheTransactionThatRecordsIt(Step step, StepResult result, Status end) {
        results.put(step, result);

        advance(Runs.scheduled());

        assertThat(ends).singleElement().extracting(RunEnded::status).isEqualTo(end);
        assertThat(endsOutsideTransactions).isEmpty();
    }

    @Test
    void aLongRunLeavesItsWorkerToAnotherCallerAndResumesWhereItWas() {
        for (var other : List.of("b", "c", "d")) {
            workers.take(new Caller(other));
        }
        given(due.isAnyBeyond(anySet())).willReturn(true);
        stepTime = FairWorkerAllocation.TURN;

        assertThat(advance(Runs.scheduled())).contains(time.instant());

        var waiting = saved.getLast();
        assertThat(waiting.status()).isEqualTo(Status.WAITING);
        assertThat(waiting.verdict().problem()).isNull();
        assertThat(waiting.timeline().attempt()).isZero();
        assertThat(trail()).isEmpty();

        given(due.isAnyBeyond(anySet())).willReturn(false);
        advance(waiting.saved());
        assertThat(saved.getLast().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(performed).startsWith(Step.VALIDATE, Step.VALIDATE, Step.REMOVE_MEMBERS);
    }

    @Test
    void aStepRefusesToBePartOfATransaction() {
        var attempts = attempts(new RunBackoff(PROPERTIES));
        var transactions = new TransactionTemplate(new NoResource());
        var run = Runs.scheduled().started(time.instant());

        assertThatThrownBy(() -> transactions.execute(status -> attempts.perform(run, null, () -> Duration.ZERO)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(performed).isEmpty();
    }
}
