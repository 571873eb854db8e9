package dev.deprovisioner.benchmark.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests since the provider was set to behave as it does. */
final class Journal {

    private final AtomicInteger inFlight = new AtomicInteger();
    private final List<String> lines = new ArrayList<>();

    void arrived() {
        inFlight.incrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }

    /** @param arrived by the monotonic clock of this process */
    void answered(long arrived, int concurrent, String method, int status) {
        inFlight.decrementAndGet();
        var line = arrived + " " + concurrent + " " + method + " " + status + "\n";
        synchronized (lines) {
            lines.add(line);
        }
    }

    /** A line a request: its arrival, how many were in flight then, its method and the status of its answer. */
    String text() {
        synchronized (lines) {
            return String.join("", lines);
        }
    }
}
