package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.CallerContext;
import java.util.List;
import java.util.Optional;

/**
 * The place of a request among those that wait for the same.
 *
 * @param caller the caller that the request is sent for; empty if it is sent for the service itself
 * @param path the lines to stand in, from the outermost to the innermost; empty to stand before all of these
 */
public record QueueKey(Optional<Caller> caller, List<Object> path) {

    /**
     * That of a change: before all reads of all callers, so that what it was decided on does not grow old. Changes are
     * few beside the reads before them, and take turns by who came first.
     */
    public static QueueKey change() {
        return new QueueKey(CallerContext.current(), List.of());
    }

    /** That of the current thread's caller, before all its questions: a change may be decided on it. */
    public static QueueKey priority() {
        var caller = CallerContext.current();
        return new QueueKey(caller, List.of(caller));
    }

    public static QueueKey bulk(BulkRead survey) {
        return new QueueKey(survey.caller(), List.of(survey.caller(), survey));
    }
}
