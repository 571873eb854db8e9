package dev.deprovisioner.chaos;

import dev.deprovisioner.testbed.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What may go wrong with one request to the provider. */
enum Fault {
    NONE,
    SERVER_ERROR,
    /** Never gets there. */
    LOST_REQUEST,
    /** Has its effect, which nobody learns of. */
    LOST_ANSWER,
    /** Half of an answer, which says nothing. */
    DAMAGED_ANSWER,
    THROTTLED,
    UNAUTHORIZED,
    SLOW,
    /** Has its effect when the service has long given up waiting. */
    LATE,
    /** Somebody joins just before. */
    JOINED,
    VERSION_CONFLICT,
    CONFLICT,
    /** As if there were no such group. */
    NOT_FOUND,
    /** Is accepted, but has no effect. */
    IGNORED;

    static final Duration SERVICE_WAITS = Duration.ofSeconds(2);

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration TOO_LONG = SERVICE_WAITS.plusSeconds(1);

    /** Whether only a request that changes something can meet it. */
    boolean isAboutChanges() {
        return this == VERSION_CONFLICT || this == CONFLICT || this == IGNORED || this == JOINED || this == NOT_FOUND;
    }

    /** The answer instead of an effect; empty where it has its effect after all. */
    Optional<Answer> before() {
        return switch (this) {
            case SERVER_ERROR -> Optional.of(Answer.error(500, "Something broke."));
            case THROTTLED -> Optional.of(Answer.error(429, "Slowly.").with("Retry-After", "1"));
            case UNAUTHORIZED -> Optional.of(Answer.error(401, "Who are you?"));
            case VERSION_CONFLICT -> Optional.of(Answer.error(412, "It was changed."));
            case CONFLICT -> Optional.of(Answer.error(409, "Something depends on it."));
            case NOT_FOUND -> Optional.of(Answer.error(404, "No such group."));
            case DAMAGED_ANSWER -> Optional.of(new Answer(200, Map.of("Content-Type", "application/json"), "{\"id\":"));
            case IGNORED -> Optional.of(Answer.ofNoEffect(204));
            case LOST_REQUEST -> throw new IllegalStateException("Lost on its way");
            case SLOW -> waiting(SHORT);
            case LATE -> waiting(TOO_LONG);
            case NONE, LOST_ANSWER, JOINED -> Optional.empty();
        };
    }

    void after() {
        if (this == LOST_ANSWER || this == LATE) {
            throw new IllegalStateException("The answer is lost");
        }
    }

    private static Optional<Answer> waiting(Duration time) {
        LockSupport.parkNanos(time.toNanos());
        return Optional.empty();
    }
}
