package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.CallerContext;
import java.util.Optional;

/**
 * The questions of one run that may be thousands, such as those about its members. Surveys of one caller take turns
 * with each other, question by question: a small one does not wait until a large one is through. Equal only to itself.
 */
public final class BulkRead {

    private final Optional<Caller> caller = CallerContext.current();

    /** The caller that the thread worked for when it made this; empty if it worked for the service itself. */
    Optional<Caller> caller() {
        return caller;
    }
}
