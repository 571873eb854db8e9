package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.Portal;
import dev.deprovisioner.chaos.Event.Accepted;
import dev.deprovisioner.chaos.Event.Halted;
import dev.deprovisioner.chaos.Event.Reported;
import dev.deprovisioner.chaos.Evidence.RateLimit;
import dev.deprovisioner.chaos.witness.Witness;
import dev.deprovisioner.chaos.witness.WitnessedDriver;
import dev.deprovisioner.database.SyncedFilePath;
import dev.deprovisioner.testbed.ExternalSystems;
import dev.deprovisioner.testbed.ScimServer;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The service in a JVM of its own, everything around it, and a chronicle of all that passes between them. */
final class Rig implements AutoCloseable {

    /** For what the service had sent before it was killed to arrive. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    private final ExternalSystems around = new ExternalSystems();
    private final EventLog chronicle = new EventLog();
    private final Set<String> groups = ConcurrentHashMap.newKeySet();
    private final String database;
    private final EventRecorder lookout;
    private final Witness witness;
    private final List<Replica> replicas;
    private final boolean unlistedAllowed;

    /**
     * @param directory a new one, for the service to work in
     * @param database a JDBC URL
     */
    Rig(Path directory, String database, Map<String, String> settings, Director director) {
        this(directory, database, settings, director, 1);
    }

    /** @param replicas how many processes there may be of the service */
    Rig(Path directory, String database, Map<String, String> settings, Director director, int replicas) {
        this(directory, database, settings, director, replicas, List.of());
    }

    /** @param jvmOptions of each process, such as the size of its heap */
    Rig(
            Path directory,
            String database,
            Map<String, String> settings,
            Director director,
            int replicas,
            List<String> jvmOptions) {
        this.database = database;
        this.lookout = new EventRecorder(chronicle, director);
        this.witness = new Witness(lookout);
        var all = new HashMap<>(around.settings());
        all.put("spring.datasource.url", database);
        all.put("spring.datasource.driver-class-name", WitnessedDriver.class.getName());
        all.putAll(settings);
        this.unlistedAllowed = "allow".equals(settings.get("deprovisioner.policy.unlisted-members"));
        var driver = Witness.writeJar(directory.resolve("driver.jar"));
        var options = Stream.concat(jvmOptions.stream(), witness.jvmOptions().stream())
                .toList();
        this.replicas = IntStream.rangeClosed(1, replicas)
                .mapToObj(number -> new Replica("replica-" + number, directory, driver, options, all, around.tokens()))
                .toList();
        around.upstream().onArrival(lookout::arrived);
        around.upstream().onWrite(lookout::held);
        around.upstream().onAnswer(lookout::answered);
        around.upstream().onExchange(lookout::exchanged);
        around.receiver().onDelivery(lookout::delivered);
    }

    /** Where the service keeps its embedded database when it works in this directory. */
    static String embedded(Path directory) {
        SyncedFilePath.register();
        return "jdbc:h2:retry:durable:" + directory.resolve("deprovisioner") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    ScimServer upstream() {
        return around.upstream();
    }

    Portal portal() {
        return replicas.getFirst().portal();
    }

    List<Replica> replicas() {
        return replicas;
    }

    EventLog chronicle() {
        return chronicle;
    }

    StoredRuns stored() {
        return new StoredRuns(database);
    }

    String createGroup(String displayName, List<String> members) {
        var group = around.upstream().createGroup(displayName, members);
        groups.add(group);
        return group;
    }

    /** Starts the service, or the first process of it, and returns when it is ready. */
    void start() {
        replicas.getFirst().start();
    }

    /** @return when it was killed */
    Instant kill() {
        return kill(replicas.getFirst());
    }

    Instant kill(Replica replica) {
        var at = chronicle.now();
        replica.kill();
        return at;
    }

    /** To be called when the director no longer holds up any run. */
    void settle(Instant killedAt, Replica replica) {
        LockSupport.parkNanos(SETTLING.toNanos());
        chronicle.add(now -> new Halted(killedAt, replica.userAgent()));
    }

    /** Whether the answer says that the run is accepted; without an answer it may be accepted all the same. */
    boolean post(String group) {
        return post(replicas.getFirst(), group);
    }

    /** @param replica which one is asked */
    boolean post(Replica replica, String group) {
        return isAccepted(() -> replica.portal().post(group));
    }

    /** The same with any request that asks for a run. */
    boolean isAccepted(Supplier<HttpResponse<String>> request) {
        try {
            var answer = request.get();
            accepted(answer);
            return answer.statusCode() < 300;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Calls it off, if that is still possible. */
    void cancel(String group) {
        try {
            portal().cancel(group);
        } catch (UncheckedIOException e) {
            // The run shows whether it was cancelled.
        }
    }

    private void accepted(HttpResponse<String> answer) {
        if (answer.statusCode() < 300) {
            var run = Portal.json(answer).get("id").asString();
            chronicle.add(at -> new Accepted(at, run));
        }
    }

    /** Whether nothing is left to do, where that can be seen from outside. */
    boolean isIdle() {
        return isEmbedded() || !stored().hasTasks();
    }

    /** The next process need not wait for the leases of one that was killed; that of an embedded database never does. */
    void letLeasesEnd() {
        if (!isEmbedded()) {
            stored().letLeasesEnd();
        }
    }

    private boolean isEmbedded() {
        return database.startsWith("jdbc:h2:");
    }

    /** Whether its latest run has ended, and the receiver was notified if it succeeded. */
    boolean isOver(String group) {
        return isOver(replicas.getFirst(), group);
    }

    /** @param replica which one is asked */
    boolean isOver(Replica replica, String group) {
        try {
            var run = replica.portal().latest(group);
            reported(run);
            var status = run.path("status").asString("");
            return status.equals("SUCCEEDED")
                    ? run.path("webhookSynced").asBoolean(false)
                    : Set.of("BLOCKED", "FAILED", "CANCELLED").contains(status);
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void reported(JsonNode run) {
        if (run.has("outcome") || run.has("finishedAt")) {
            var outcome = run.path("outcome").asString("");
            var removed = EventLog.number(run.path("membersRemoved"));
            chronicle.add(
                    at -> new Reported(at, run.path("id").asString(""), outcome.isEmpty() ? null : outcome, removed));
        }
    }

    /** Sealed entries are one chain without a gap, even if a process was killed while it sealed. */
    void requireChain() {
        var verdict = portal().verification();
        assertThat(verdict.path("valid").asBoolean(false))
                .as(verdict.toString())
                .isTrue();
        assertThat(verdict.path("entries").asLong()).isPositive();
    }

    /** To be called when the service has stopped. */
    Evidence evidence(RateLimit limit) {
        var stored = stored();
        var present = groups.stream()
                .filter(group -> around.upstream().statusOf(group) == 200)
                .collect(Collectors.toSet());
        return new Evidence(
                chronicle.events(), stored.runs(), stored.audit(), stored.outbox(), present, limit, unlistedAllowed);
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        witness.close();
        around.close();
    }
}
