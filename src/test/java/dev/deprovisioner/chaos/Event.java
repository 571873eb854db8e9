package dev.deprovisioner.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What passed between the service and everything around it, and what was true meanwhile. */
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

    /**
     * What the provider holds of a group from now on. Its answers may say something else.
     *
     * @param members null if the group is gone
     * @param request the number of the service's request that has done it; 0 if it was another client's
     */
    record Held(Instant at, String group, @Nullable Set<String> members, int request) implements Event {}

    /** The receiver got a message. */
    record Received(
            Instant at,
            String run,
            String message,
            @Nullable Integer membersRemoved) implements Event {}

    /** A caller was shown a run that has ended, or that has an outcome. */
    record Reported(
            Instant at,
            String run,
            @Nullable String outcome,
            @Nullable Integer membersRemoved) implements Event {}

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

    /** @param members how many were removed so far; null if the entry does not say */
    record Audited(String action, String status, @Nullable Integer members, Instant at) {}

    /** @param outcome null while there is none */
    record State(String status, String step, @Nullable String outcome, Map<String, StepState> steps) {

        boolean isTerminal() {
            return List.of("SUCCEEDED", "BLOCKED", "FAILED", "CANCELLED").contains(status);
        }
    }

    /**
     * @param ended whether it has succeeded or failed
     * @param intends whether it says that a destructive request is about to be sent, of which nothing is known yet
     */
    record StepState(boolean ended, boolean intends) {}

    /** @param process which one has sent it, as it names itself to the provider */
    record Request(String group, Kind kind, String process) {}

    enum Kind {
        /** Of the group. */
        READ,
        /** Of something else, which shows whether the provider answers at all. */
        CONTROL,
        PROFILE,
        /** Of all members, without naming them. */
        REMOVAL,
        NAMED_REMOVAL,
        DELETION,
        OTHER;

        boolean isDestructive() {
            return this == NAMED_REMOVAL || takesAll();
        }

        boolean isRemoval() {
            return this == REMOVAL || this == NAMED_REMOVAL;
        }

        /** Whether it also has its effect on members who are not named in it. */
        boolean takesAll() {
            return this == REMOVAL || this == DELETION;
        }
    }
}
