package dev.deprovisioner.chaos;

import dev.deprovisioner.chaos.Event.Kind;
import dev.deprovisioner.testbed.Answer;
import dev.deprovisioner.testbed.Quirk;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What may go wrong with one request to the provider. */
enum Fault {
    NONE,
    SERVER_ERROR,
    /** Never gets there. */
    LOST_REQUEST,
    /** The request has its effect, but the sender gets no answer. */
    LOST_ANSWER,
    /** Half of an answer, which says nothing. */
    DAMAGED_ANSWER,
    THROTTLED,
    UNAUTHORIZED,
    SLOW,
    /** Has its effect when the service has long given up waiting. */
    LATE,
    /** A member joins just before. */
    JOINED(Target.CHANGE, null),
    VERSION_CONFLICT(Target.CHANGE, null),
    CONFLICT(Target.CHANGE, null),
    /** As if there were no such group. */
    NOT_FOUND(Target.CHANGE, null),
    /** Is accepted, but has no effect. */
    IGNORED(Target.CHANGE, null),
    APPLIED_THEN_409(Target.CHANGE, Quirk.ANSWERS_CHANGES_WITH_409),
    APPLIED_THEN_412(Target.CHANGE, Quirk.ANSWERS_CHANGES_WITH_412),
    APPLIED_THEN_500(Target.CHANGE, Quirk.ANSWERS_CHANGES_WITH_500),
    /** The list is shorter than the count beside it. */
    CUT_LIST(Target.READ, Quirk.CUTS_MEMBER_LISTS),
    /** A gateway has lost the route for a few answers, and says so as Spring Boot does. */
    ROUTE_LOST_JSON(Target.READ, null),
    /** The same as nginx says it. */
    ROUTE_LOST_HTML(Target.READ, null);

    static final Duration SERVICE_WAITS = Duration.ofSeconds(2);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration TOO_LONG = SERVICE_WAITS.plusSeconds(1);

    private final Target target;
    /** As which the provider answers after the effect; null if as it should. */
    private final @Nullable Quirk quirk;

    /** Which requests can meet it. */
    private enum Target {
        ANY,
        CHANGE,
        READ
    }

    Fault() {
        this(Target.ANY, null);
    }

    Fault(Target target, @Nullable Quirk quirk) {
        this.target = target;
        this.quirk = quirk;
    }

    boolean canMeet(Kind request) {
        return switch (target) {
            case ANY -> this != NONE;
            case CHANGE -> request.isDestructive();
            case READ -> request == Kind.READ;
        };
    }

    /** Whether it lasts over several answers. */
    boolean isRouteLost() {
        return this == ROUTE_LOST_JSON || this == ROUTE_LOST_HTML;
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
            case ROUTE_LOST_JSON -> Optional.of(answer(404, "application/json", """
                    {"timestamp":"2026-03-01T00:00:00.000Z","status":404,"error":"Not Found","path":"/api/v2/scim"}"""));
            case ROUTE_LOST_HTML -> Optional.of(answer(404, "text/html", """
                    <html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1><hr>nginx</body></html>"""));
            case DAMAGED_ANSWER -> Optional.of(answer(200, "application/json", "{\"id\":"));
            case IGNORED -> Optional.of(Answer.ofNoEffect(204));
            case LOST_REQUEST -> throw new IllegalStateException("Lost on its way");
            case SLOW -> waiting(SHORT);
            case LATE -> waiting(TOO_LONG);
            case NONE, LOST_ANSWER, JOINED, APPLIED_THEN_409, APPLIED_THEN_412, APPLIED_THEN_500, CUT_LIST ->
                Optional.empty();
        };
    }

    /** What is answered to a request that had its effect. */
    Answer answered(String method, Answer answer) {
        return quirk == null ? answer : quirk.answer(method, answer);
    }

    void after() {
        if (this == LOST_ANSWER || this == LATE) {
            throw new IllegalStateException("The answer is lost");
        }
    }

    private static Answer answer(int status, String contentType, String body) {
        return new Answer(status, Map.of("Content-Type", contentType), body);
    }

    private static Optional<Answer> waiting(Duration time) {
        LockSupport.parkNanos(time.toNanos());
        return Optional.empty();
    }
}
