package dev.deprovisioner.upstream;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.connection.NoConnection;
import dev.deprovisioner.upstream.FailedTry.Reason;
import java.time.Duration;
import java.util.Objects;
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
 * minutes before it expires, or at half its life if that is shorter.
 */
final class UpstreamToken {

    private static final Logger log = LoggerFactory.getLogger(UpstreamToken.class);
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client;
    private final ClientRegistration registration;
    private final MonotonicClock time;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Held held;

    private record Held(String value, long renewAt) {}

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
     * @throws FailedTry if there is none to be had
     */
    String value() throws InterruptedException {
        var current = held;
        if (current != null && isFresh(current)) {
            return current.value();
        }
        fetching.lockInterruptibly();
        try {
            current = held;
            if (current == null || !isFresh(current)) {
                current = fetch();
                held = current;
            }
            return current.value();
        } finally {
            fetching.unlock();
        }
    }

    /** Forgets a token that was refused, unless another one has taken its place already. */
    void drop(String refused) {
        fetching.lock();
        try {
            var current = held;
            if (current != null && current.value().equals(refused)) {
                held = null;
            }
        } finally {
            fetching.unlock();
        }
    }

    private boolean isFresh(Held token) {
        return token.renewAt() - time.nanos() > 0;
    }

    private Held fetch() {
        long began = time.nanos();
        try {
            var token = client.getTokenResponse(new OAuth2ClientCredentialsGrantRequest(registration))
                    .getAccessToken();
            log.info("Fetched an access token for the provider");
            return new Held(
                    sendable(token.getTokenValue()), began + usable(token).toNanos());
        } catch (OAuth2AuthorizationException e) {
            throw e.getCause() instanceof ResourceAccessException cause ? unanswered(cause) : noToken();
        } catch (InvalidMediaTypeException e) {
            throw noToken();
        }
    }

    private static FailedTry unanswered(ResourceAccessException e) {
        var what = Objects.requireNonNullElse(NoConnection.in(e), "no answer");
        return new FailedTry(Reason.UNREACHABLE, what + " of the token endpoint");
    }

    private static FailedTry noToken() {
        return new FailedTry(Reason.UNREACHABLE, "an answer of the token endpoint that holds no token");
    }

    private static String sendable(String token) {
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw noToken();
        }
        return token;
    }

    private static Duration usable(OAuth2AccessToken token) {
        if (token.getIssuedAt() == null || token.getExpiresAt() == null) {
            return Duration.ZERO;
        }
        var life = Duration.between(token.getIssuedAt(), token.getExpiresAt());
        var half = life.dividedBy(2);
        return half.compareTo(MARGIN) < 0 ? half : life.minus(MARGIN);
    }
}
