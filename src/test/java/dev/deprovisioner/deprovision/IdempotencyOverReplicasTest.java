package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;
import static org.mockito.Mockito.mock;

import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.audit.WithoutKeys;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.schedule.TaskQueue;
import dev.deprovisioner.testbed.OnPostgres;
import dev.deprovisioner.testbed.SteppedTime;
import dev.deprovisioner.tracing.TraceContinuation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The same request at two replicas, which share nothing but the database, gets one run. */
@JdbcTest
@OnPostgres
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({AuditTrail.class, WithoutKeys.class})
@Execution(SAME_THREAD)
class IdempotencyOverReplicasTest {

    private static final Problem NONE = new Problem(ProblemType.GROUP_NOT_FOUND, "There is none.");

    private final SteppedTime time = new SteppedTime();
    private final GroupId group = new GroupId(UUID.randomUUID().toString());

    @Autowired
    private DataSource dataSource;

    @Autowired
    private AuditTrail audit;

    @Autowired
    private JdbcClient jdbc;

    private List<Replica> replicas = List.of();

    private record Replica(DeprovisionService deprovisioning, Deprovisions runs, TransactionTemplate transactions) {

        Deprovision request(GroupId group, DeprovisionCommand order) {
            return (Deprovision) deprovisioning.request(group, order, Runs.ANY_GROUP);
        }
    }

    @BeforeEach
    void start() {
        replicas = List.of(replica(), replica());
    }

    private Replica replica() {
        var own = JdbcClient.create(dataSource);
        var runs = new Deprovisions(own, new DeprovisionRow());
        var transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        var decisions =
                new DecisionAudit(audit, mock(ApplicationEventPublisher.class), mock(DeprovisionMetrics.class), time);
        var deprovisioning = new DeprovisionService(
                runs,
                new Idempotency(new IdempotencyKeys(own), runs, time),
                mock(TaskQueue.class),
                decisions,
                mock(RunCompletions.class),
                new TraceContinuation(Tracer.NOOP, ObservationRegistry.NOOP),
                transactions,
                time);
        return new Replica(deprovisioning, runs, transactions);
    }

    private DeprovisionCommand order(String caller, boolean again) {
        return new DeprovisionCommand(
                new Caller(caller), null, "closing", null, again, new IdempotencyKey("key-of-" + group));
    }

    private void end(Deprovision run) {
        var runs = replicas.getFirst().runs();
        runs.save(run.started(time.instant()).blocked(NONE, List.of(), Progress.UNKNOWN, time.instant()));
    }

    private void succeed(Deprovision run) {
        var runs = replicas.getFirst().runs();
        runs.save(run.started(time.instant())
                .confirmedGone(Outcome.DELETED, time.instant())
                .succeeded(false, time.instant()));
    }

    private List<@Nullable String> requests() {
        return jdbc.sql("SELECT actor FROM audit_entry WHERE group_id = :group AND action = 'REQUEST' ORDER BY id")
                .param("group", group.value())
                .query(String.class)
                .list();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTwinWaitsForTheDecisionOfTheOtherReplica(boolean again) throws Exception {
        var first = replicas.getFirst();
        succeed(first.request(group, new DeprovisionCommand(new Caller("portal"), null, null, null, false, null)));
        var order = order("portal", again);
        var twin = new CompletableFuture<Deprovision>();
        Deprovision run;
        try (var other = Executors.newSingleThreadExecutor()) {
            run = Objects.requireNonNull(first.transactions().execute(status -> {
                var decided = first.request(group, order);
                twin.completeAsync(() -> replicas.getLast().request(group, order), other);
                return decided;
            }));
        }

        assertThat(twin.get().id()).isEqualTo(run.id());
        assertThat(run.isTerminal()).isNotEqualTo(again);
        assertThat(requests()).hasSize(again ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void manyTwinsGetOneRun(boolean again) throws Exception {
        var order = order("portal", again);
        var answers = new ArrayList<Future<Deprovision>>();
        try (var callers = Executors.newFixedThreadPool(8)) {
            IntStream.range(0, 16)
                    .forEach(twin -> answers.add(
                            callers.submit(() -> replicas.get(twin % 2).request(group, order))));
        }

        var run = answers.getFirst().get();
        assertThat(answers).extracting(answer -> answer.get().id()).containsOnly(run.id());
        assertThat(requests()).containsExactly("portal");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunThatEndedAtOnceIsTheAnswerOfTheOtherReplica(boolean again) {
        var run = replicas.getFirst().request(group, order("portal", again));
        end(run);

        var repeated = replicas.getLast().request(group, order("portal", again));

        assertThat(repeated.id()).isEqualTo(run.id());
        assertThat(repeated.status()).isEqualTo(Status.BLOCKED);
        assertThat(requests()).containsExactly("portal");
    }

    @Test
    void theKeyOfAnotherCallerIsAnotherKey() {
        var run = replicas.getFirst().request(group, order("portal", false));
        end(run);

        var other = replicas.getLast().request(group, order("another", false));

        assertThat(other.id()).isNotEqualTo(run.id());
        assertThat(requests()).containsExactly("portal", "another");
    }
}
