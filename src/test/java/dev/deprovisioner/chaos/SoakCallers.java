package dev.deprovisioner.chaos;

import dev.deprovisioner.soak.Recording;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Callers that post a given number of groups, evenly over the time, and ask until each run is over. */
final class SoakCallers {

    private static final int CALLERS = 48;
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofMillis(500);
    private static final Duration LOOKED_AFTER = Duration.ofSeconds(2);
    /** Then the caller goes on with another group; the run ends without it. */
    private static final int LOOKS = 45;

    private final Rig rig;
    private final Answers answers;
    private final Recording recording;
    private final int runs;
    private final Duration interval;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Future<?>> callers = new ArrayList<>();

    /** @param load over which the runs are spread */
    SoakCallers(Rig rig, Answers answers, Recording recording, int runs, Duration load) {
        this.rig = rig;
        this.answers = answers;
        this.recording = recording;
        this.runs = runs;
        this.interval = load.dividedBy(runs);
    }

    SoakCallers start() {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        IntStream.range(0, CALLERS).forEach(i -> callers.add(threads.submit(this::work)));
        threads.shutdown();
        return this;
    }

    /** Returns when all runs are accepted. */
    void join() throws InterruptedException, ExecutionException {
        for (var caller : callers) {
            caller.get();
        }
    }

    private void work() {
        for (int number = next.getAndIncrement(); number < runs; number = next.getAndIncrement()) {
            pause(interval.multipliedBy(number).minus(recording.elapsed()));
            remove(number);
        }
    }

    private void remove(int number) {
        var group = rig.createGroup("Group " + number, members(number));
        while (!rig.isAccepted(() -> answers.of("POST", () -> post(number, group)))) {
            pause(ASKED_AGAIN_AFTER);
        }
        if (number % 25 == 0) {
            rig.cancel(group);
        } else if (number % 25 == 1) {
            rig.isAccepted(() -> answers.of("POST again", () -> any().portal().post(group)));
        }
        for (int look = 0; look < LOOKS && !rig.isOver(any(), group); look++) {
            pause(LOOKED_AFTER);
        }
    }

    /** One of ten waits for the end, every second has a key. */
    private HttpResponse<String> post(int number, String group) {
        var portal = any().portal();
        if (number % 10 == 2) {
            return portal.postAndWait(group, null);
        }
        return number % 2 == 0 ? portal.post(group, "soak-" + number) : portal.post(group);
    }

    private static List<String> members(int number) {
        return IntStream.rangeClosed(0, number % 4)
                .mapToObj(i -> "member-" + number + "-" + i)
                .toList();
    }

    private Replica any() {
        var replicas = rig.replicas();
        return replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()));
    }

    private static void pause(Duration time) {
        if (time.isPositive()) {
            LockSupport.parkNanos(time.toNanos());
        }
    }
}
