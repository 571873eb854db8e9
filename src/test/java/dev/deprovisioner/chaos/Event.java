package dev.deprovisioner.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What passed between the service and everything around it. */
sealed interface Event {

    Instant at();

    /** A caller was answered with 200 or 202. */
    record Accepted(Instant at, String run) implements Event {}

    /** A transaction is about to be committed. Whether it was, is not known if no {@link Committed} follows. */
    record Committing(Instant at, Commit commit) implements Event {}

    record Committed(Instant at, Commit commit) implements Event {}

    /** @param number the same as that of the answer */
    record Arrived(Instant at, int number, Request request) implements Event {}

    record Answered(Instant at, int number, Request request, Reply reply) implements Event {}

    /** The receiver got a message. */
    record Told(Instant at, String run, String message) implements Event {}

    /**
     * A process was killed.
     *
     * @param process as it names itself to the provider
     */
    record Halted(Instant at, String process) implements Event {}

    /**
     * What one transaction wrote about a run.
     *
     * @param created whether it was accepted here
     * @param state the run as it was saved, or null if it was not
     * @param deliveryEnded whether its message was delivered or given up
     */
    record Commit(
            String run,
            String group,
            boolean created,
            @Nullable State state,
            boolean deliveryEnded,
            List<Audited> audited) {}

    record Audited(String action, Instant at) {}

    /** @param outcome null while there is none */
    record State(String status, String step, @Nullable String outcome, Map<String, StepState> steps) {

        boolean isTerminal() {
            return List.of("SUCCEEDED", "BLOCKED", "FAILED", "CANCELLED").contains(status);
        }
    }

    /** @param intends whether it says that a destructive request is about to be sent, of which nothing is known yet */
    record StepState(@Nullable Instant finishedAt, boolean intends) {}

    /** @param process which one has sent it, as it names itself to the provider */
    record Request(String group, Kind kind, @Nullable String ifMatch, String process) {}

    enum Kind {
        READ,
        REMOVAL,
        DELETION,
        OTHER;

        boolean isDestructive() {
            return this == REMOVAL || this == DELETION;
        }
    }

    /**
     * @param members how many members a read has shown; null if it does not tell
     * @param delivered whether the service can have got it
     */
    record Reply(
            int status, @Nullable String etag, @Nullable Integer members, boolean delivered) {

        boolean isAbsent() {
            return status == 404 || status == 410;
        }
    }
}
