package dev.deprovisioner.chaos;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.deprovisioner.chaos.Evidence.RateLimit;
import dev.deprovisioner.chaos.Mishaps.Mishap;
import dev.deprovisioner.chaos.Promise.Breach;
import dev.deprovisioner.soak.Recording;
import dev.deprovisioner.soak.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two processes on one PostgreSQL under everything at once, measured all the time. */
final class Soak implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Soak.class);

    /** Of a provider that allows twice as much as the runs need. */
    private static final RateLimit LIMIT = new RateLimit(2400, ofMinutes(1), ofSeconds(1));

    /** A delivery that failed twice waits for 5 min. */
    private static final Duration WORKED_OFF = ofMinutes(12);

    /** A process that starts needs so long to work at its usual pace. */
    private static final Duration LONG_ENOUGH_FOR_GROWTH = ofMinutes(10);

    private final SlowReceiver receiver = new SlowReceiver();
    private final Recording recording = new Recording(System::nanoTime);
    private final Answers answers = new Answers();
    private final FailingDatabase database;
    private final Rig rig;
    private final List<Runnable> probes = new ArrayList<>();
    private final DatabaseProbe tables;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);
    private final List<Future<?>> repeated = new ArrayList<>();
    private final Duration load;
    private final int runs;

    Soak(Path directory, Duration load, int runs) {
        this.load = load;
        this.runs = runs;
        this.database = new FailingDatabase(directory.resolve("postgres"));
        var settings = Map.of(
                "spring.datasource.url",
                database.url(),
                "deprovisioner.upstream.rate-limit.requests",
                String.valueOf(LIMIT.requests()));
        var heap = List.of("-Xmx" + SoakBounds.HEAP_MIB + "m", "-XX:+ExitOnOutOfMemoryError");
        this.rig = new Rig(directory, database.directUrl(), settings, receiver, 2, heap);
        this.tables = new DatabaseProbe(database.directUrl(), recording);
        probes.add(tables::sample);
        rig.replicas().forEach(replica -> probes.add(new ReplicaProbe(replica, recording)::sample));
    }

    /** Returns when the load is over and all that it has left is worked off, or when that takes too long. */
    void run() throws InterruptedException, ExecutionException {
        rig.replicas().forEach(Replica::start);
        recording.begin();
        probes.forEach(probe -> repeat(() -> sample(probe), ofSeconds(5)));
        repeat(() -> rig.replicas().forEach(Replica::renewToken), ofMinutes(2));
        var readers = new SoakReaders(rig, answers).start();
        var callers = new SoakCallers(rig, answers, recording, runs, load).start();
        var mishaps = startMishaps();
        await().atMost(load.plus(ofMinutes(1))).until(() -> recording.elapsed().compareTo(load) >= 0);
        mishaps.forEach(Mishaps::stop);
        mishaps.forEach(Mishaps::join);
        callers.join();
        log.info(
                "All {} runs are accepted after {} s", runs, recording.elapsed().toSeconds());
        await().atMost(WORKED_OFF)
                .pollInterval(ofSeconds(1))
                .until(() -> !rig.stored().hasTasks());
        readers.stop();
        repeated.forEach(one -> one.cancel(false));
        timer.close();
        probes.forEach(Runnable::run);
    }

    private void repeat(Runnable action, Duration pause) {
        repeated.add(timer.scheduleAtFixedRate(action, 0, pause.toSeconds(), SECONDS));
    }

    private void sample(Runnable probe) {
        try {
            probe.run();
        } catch (RuntimeException e) {
            // The database or the process is away, as it shall be at times.
            log.info("Not measured: {}", e.toString());
        }
    }

    private List<Mishaps> startMishaps() {
        var pause = load.dividedBy(24);
        var replicas = new FailingReplicas(rig);
        var slow = List.of(
                new Mishap("receiver slow", receiver::slow, pause, receiver::usual),
                new Mishap("receiver answers too late", receiver::stuck, pause.dividedBy(4), receiver::usual));
        return List.of(
                new Mishaps(recording, pause, replicas.once(), replicas.mishaps()).start(),
                new Mishaps(recording, pause, List.of(), database.mishaps()).start(),
                new Mishaps(recording, pause, List.of(), slow).start());
    }

    /** To be called after {@link #run}. Ends the processes. */
    List<Breach> breaches() {
        rig.requireChain();
        rig.replicas().forEach(rig::kill);
        return Promise.breaches(rig.evidence(LIMIT));
    }

    Report report() {
        var bounds = new SoakBounds(recording, load);
        rig.replicas().forEach(replica -> bounds.judgeProcess(replica.name()));
        if (load.compareTo(LONG_ENOUGH_FOR_GROWTH) >= 0) {
            bounds.judgeGrowth(rig.replicas().getFirst().name());
        }
        bounds.judgeDatabase(tables.tables(), runs);
        bounds.judgeAnswers(answers.unexpected());
        var plots = new SoakPlots(recording).plots();
        return new Report(
                new SoakFigures(rig, answers).all(), bounds.verdicts(), plots, recording.marks(), recording.elapsed());
    }

    @Override
    public void close() {
        timer.shutdownNow();
        rig.close();
        database.close();
    }
}
