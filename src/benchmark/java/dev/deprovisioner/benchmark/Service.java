package dev.deprovisioner.benchmark;

import dev.deprovisioner.ServiceProcess;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The packaged service that is measured, with a caller.
 *
 * @param database its JDBC URL
 */
record Service(ServiceProcess process, Caller caller, String database) implements AutoCloseable {

    /** So many clients post at once, where that is not said otherwise. */
    static final int CLIENTS = 16;

    /** One has a bounded number of active runs. */
    static final int CALLERS = 64;

    /** Returns when all of them are accepted. */
    void postAll(int number, Supplier<String> groups, String body) {
        caller.becomes(CALLERS);
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < number; i++) {
                clients.execute(() -> caller.post(groups.get(), body));
            }
        }
        caller.becomes(1);
    }

    @Override
    public void close() {
        process.close();
    }
}
