package dev.deprovisioner.chaos;

import dev.deprovisioner.Portal;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Callers that page through all runs, export the whole audit trail and have it verified, until they are stopped. */
final class SoakReaders {

    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    /** Before each is begun again. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Duration BETWEEN_PAGES = Duration.ofMillis(100);
    private static final int PAGE = 1000;

    private final Rig rig;
    private final Answers answers;
    private final List<Future<?>> readers = new ArrayList<>();
    private volatile boolean stopped;

    SoakReaders(Rig rig, Answers answers) {
        this.rig = rig;
        this.answers = answers;
    }

    SoakReaders start() {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        List.<Runnable>of(
                        () -> page("/deprovisions?limit=100"),
                        () -> page("/deprovisions?limit=1000&status=SUCCEEDED"),
                        () -> page("/webhook-deliveries?limit=100"),
                        this::export,
                        this::export,
                        this::verify)
                .forEach(reader -> readers.add(threads.submit(() -> repeat(reader))));
        threads.shutdown();
        return this;
    }

    void stop() throws InterruptedException, ExecutionException {
        stopped = true;
        for (var reader : readers) {
            reader.get();
        }
    }

    private void repeat(Runnable reader) {
        while (!stopped) {
            try {
                reader.run();
            } catch (UncheckedIOException e) {
                // A process was killed: counted, and begun again.
            } catch (JacksonException e) {
                answers.unreadable("a list or an export");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void page(String list) {
        var cursor = "";
        do {
            var answer = get(list.replaceFirst("[?].*", ""), list + cursor, JSON);
            if (answer.statusCode() != 200) {
                return;
            }
            var next = Portal.json(answer).path("nextCursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty() && !stopped);
    }

    private void export() {
        long after = 0;
        List<String> lines;
        do {
            var answer = get("/audit-entries", "/audit-entries?limit=" + PAGE + "&after=" + after, NDJSON);
            lines = answer.statusCode() == 200 ? answer.body().lines().toList() : List.of();
            after = lines.isEmpty() ? after : sequence(lines.getLast());
        } while (lines.size() == PAGE && after > 0 && !stopped);
    }

    /** 0 for one that is not sealed yet. */
    private static long sequence(String line) {
        return JsonMapper.shared().readTree(line).path("sequence").asLong(0);
    }

    private void verify() {
        answers.chain(get("/audit-entries/verification", "/audit-entries/verification", JSON));
    }

    private HttpResponse<String> get(String name, String path, String accept) {
        LockSupport.parkNanos(BETWEEN_PAGES.toNanos());
        var replicas = rig.replicas();
        var replica = replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()));
        return answers.of("GET " + name, () -> replica.portal().get(path, accept));
    }
}
