package dev.deprovisioner.upstream;

import dev.deprovisioner.problem.Fault;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The access token that every request to the provider carries. */
sealed interface UpstreamToken permits ClientCredentialsToken, FileToken {

    /**
     * A token that is good for a while yet.
     *
     * @throws FailedAttempt if there is none now; it names a pause of some seconds at least
     * @throws Fault if only a person can provide one
     */
    String value() throws InterruptedException;

    /** Whether this is still the token to send; never waits. */
    boolean isCurrent(String value);

    /**
     * Forgets a token that the provider refused, unless another one has taken its place already.
     *
     * @throws Fault if there is no other token to try the request with
     */
    void drop(String refused, FailedAttempt refusal);

    /** When the token expires that a person has to replace; null if there is no such token, or its expiry is unknown. */
    @Nullable
    Instant expiresAt();
}
