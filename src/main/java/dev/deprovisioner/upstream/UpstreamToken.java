package dev.deprovisioner.upstream;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.http.ConnectionFailure;
import dev.deprovisioner.upstream.FailedAttempt.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.ResourceAccessException;

/**
 * The one access token of this process, shared by all runs and fetched by one of them at a time. It is renewed 5
 * minutes before it expires, or at half its life if that is shorter. A fetch that failed is not repeated for 5 seconds.
 */
final class UpstreamToken {

    private static final Logger log = LoggerFactory.getLogger(UpstreamToken.class);
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration FAILURE_IS_SHARED = Duration.ofSeconds(5);

    private final OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client;
    private final ClientRegistration registration;
    private final MonotonicClock time;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    /** Guarded by {@link #fetching}. */
    private @Nullable Failed failed;

    private record Held(String value, long renewAt) {}

    private record Failed(FailedAttempt failure, long until) {}

    UpstreamToken(
            OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client,
            ClientRegistration registration,
            MonotonicClock time) {
        this.client = client;
        this.registration = registration;
        this.time = time;
    }

    /**
     * A token that is good for a while yet.
     *
     * @throws FailedAttempt if there is none to be had; it names a pause of some seconds at least
     */
    String value() throws InterruptedException {
        var fresh = fresh();
        if (fresh != null) {
            return fresh.value();
        }
        fetching.lockInterruptibly();
        try {
            fresh = fresh();
            return fresh != null ? fresh.value() : fetched().value();
        } finally {
            fetching.unlock();
        }
    }

    /** Whether this is still the token to send. */
    boolean isCurrent(String value) {
        var fresh = fresh();
        return fresh != null && fresh.value().equals(value);
    }

    /** Forgets a token that was refused, unless another one has taken its place already. Never waits for a fetch. */
    void drop(String refused) {
        held.updateAndGet(current -> current != null && current.value().equals(refused) ? null : current);
    }

    private @Nullable Held fresh() {
        var current = held.get();
        return current != null && current.renewAt() - time.nanos() > 0 ? current : null;
    }

    private Held fetched() {
        var last = failed;
        if (last != null && last.until() - time.nanos() > 0) {
            throw after(last.failure(), Duration.ofNanos(last.until() - time.nanos()));
        }
        try {
            failed = null;
            var fetched = fetch();
            held.set(fetched);
            return fetched;
        } catch (FailedAttempt e) {
            failed = new Failed(e, time.nanos() + FAILURE_IS_SHARED.toNanos());
            throw after(e, FAILURE_IS_SHARED);
        }
    }

    /** Else the next try would only be given the same failure again. */
    private static FailedAttempt after(FailedAttempt failure, Duration pause) {
        return failure.notBefore().compareTo(pause) > 0 ? failure : failure.notBefore(pause);
    }

    private Held fetch() {
        long began = time.nanos();
        try {
            var token = client.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration))
                    .getAccessToken();
            log.info("Access token of the provider fetched");
            return new Held(token.getTokenValue(), began + usable(token).toNanos());
        } catch (FailedAttempt e) {
            throw e.without(registration.getClientSecret());
        } catch (OAuth2AuthorizationException e) {
            throw e.getCause() instanceof ResourceAccessException cause ? unanswered(cause) : noToken();
        } catch (InvalidMediaTypeException e) {
            throw noToken();
        }
    }

    private static FailedAttempt unanswered(ResourceAccessException e) {
        var what = Objects.requireNonNullElse(ConnectionFailure.describe(e), "no answer");
        return new FailedAttempt(Reason.UNREACHABLE, what + " of the token endpoint");
    }

    private static FailedAttempt noToken() {
        return new FailedAttempt(Reason.UNREACHABLE, "an answer of the token endpoint that holds no token");
    }

    private static Duration usable(OAuth2AccessToken token) {
        var life = Duration.between(token.getIssuedAt(), token.getExpiresAt());
        var half = life.dividedBy(2);
        return half.compareTo(MARGIN) < 0 ? half : life.minus(MARGIN);
    }
}
