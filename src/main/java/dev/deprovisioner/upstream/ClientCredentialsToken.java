package dev.deprovisioner.upstream;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.http.ConnectionFailure;
import dev.deprovisioner.upstream.FailedAttempt.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.web.client.ResourceAccessException;

/**
 * The one access token of this process, by client credentials (RFC 6749, section 4.4), shared by all runs and fetched by
 * one of them at a time. It is renewed 5 minutes before it expires, or at half its life if that is shorter. A fetch that
 * failed is not repeated for 5 seconds.
 */
final class ClientCredentialsToken implements UpstreamToken {

    private static final Logger log = LoggerFactory.getLogger(ClientCredentialsToken.class);
    private static final Duration MARGIN = Duration.ofMinutes(5);
    private static final Duration FAILURE_IS_SHARED = Duration.ofSeconds(5);

    private final OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client;
    private final ClientCredentials credentials;
    private final MonotonicClock time;
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicReference<@Nullable Held> held = new AtomicReference<>();
    /** Guarded by {@link #fetching}. */
    private @Nullable Failed failed;

    private record Held(String value, long renewAt) {}

    private record Failed(FailedAttempt failure, long until) {}

    ClientCredentialsToken(
            OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client,
            ClientCredentials credentials,
            MonotonicClock time) {
        this.client = client;
        this.credentials = credentials;
        this.time = time;
    }

    @Override
    public String value() throws InterruptedException {
        var fresh = fresh();
        if (fresh != null) {
            return fresh.value();
        }
        fetching.lockInterruptibly();
        try {
            fresh = fresh();
            return fresh != null ? fresh.value() : fetchAndHold().value();
        } finally {
            fetching.unlock();
        }
    }

    @Override
    public boolean isCurrent(String value) {
        var fresh = fresh();
        return fresh != null && fresh.value().equals(value);
    }

    /** Never waits for a fetch. */
    @Override
    public void drop(String refused, FailedAttempt refusal) {
        held.updateAndGet(current -> current != null && current.value().equals(refused) ? null : current);
    }

    /** Null: the service renews the token itself. */
    @Override
    public @Nullable Instant expiresAt() {
        return null;
    }

    private @Nullable Held fresh() {
        var current = held.get();
        return current != null && current.renewAt() - time.nanos() > 0 ? current : null;
    }

    private Held fetchAndHold() {
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
        return failure.notBefore().compareTo(pause) > 0 ? failure : failure.withOwnPause(pause);
    }

    private Held fetch() {
        long began = time.nanos();
        try {
            var token = client.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(credentials.registration()))
                    .getAccessToken();
            log.info("Fetched an access token for the provider");
            return new Held(token.getTokenValue(), began + usable(token).toNanos());
        } catch (FailedAttempt e) {
            throw e.redacted(credentials::redacted);
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
