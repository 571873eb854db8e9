package dev.deprovisioner.upstream;

import dev.deprovisioner.problem.Fault;
import java.time.Duration;

/** The last check of a request: called before each try, when there is nothing left to wait for. */
@FunctionalInterface
public interface SendGuard {

    /** Lets every request pass. */
    SendGuard NONE = longest -> {};

    /**
     * @param longest the longest time that the try may take
     * @throws Fault if the request must not be sent any more
     */
    void check(Duration longest);
}
