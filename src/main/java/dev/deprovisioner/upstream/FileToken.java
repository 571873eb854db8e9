package dev.deprovisioner.upstream;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.upstream.TokenFile.Content;
import dev.deprovisioner.upstream.TokenFile.Unusable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A static bearer token in a file. The file is read for each request: that costs less than the request, and the size and
 * time of a file do not prove that it is the same. Without a usable token nothing is sent, and runs wait for the file.
 */
final class FileToken implements UpstreamToken {

    private static final Logger log = LoggerFactory.getLogger(FileToken.class);

    /** After this, a run looks at the file again. It costs no request. */
    private static final Duration NEXT_LOOK = Duration.ofMinutes(1);
    /** A refused token is sent again after this, as the provider may have been wrong. */
    private static final Duration REFUSAL_IS_SHARED = Duration.ofMinutes(5);

    private final TokenFile file;
    private final InstantSource clock;
    private final MonotonicClock time;
    private volatile Content current = new Unusable("was not read yet");
    private volatile @Nullable Refused refused;

    private record Refused(String token, Problem problem, long until) {

        /** Not the token. */
        @Override
        public String toString() {
            return "Refused[" + problem + "]";
        }
    }

    FileToken(TokenFile file, InstantSource clock, MonotonicClock time) {
        this.file = file;
        this.clock = clock;
        this.time = time;
        read();
    }

    @Override
    public String value() {
        return switch (read()) {
            case BearerToken token -> usable(token).value();
            case Unusable(var why) -> throw await(UpstreamProblems.bearerTokenUnusable(file.toString(), why));
        };
    }

    private BearerToken usable(BearerToken token) {
        var problem = refusal(token);
        if (problem != null) {
            throw await(problem);
        }
        return token;
    }

    private @Nullable Problem refusal(BearerToken token) {
        if (token.isExpiredAt(clock.instant())) {
            return UpstreamProblems.bearerTokenExpired(file.toString(), Objects.requireNonNull(token.expiresAt()));
        }
        var last = refused;
        return last != null && last.token().equals(token.value()) && last.until() - time.nanos() > 0
                ? last.problem()
                : null;
    }

    private static Fault await(Problem problem) {
        return Fault.withOwnPause(problem, Recovery.RETRY_UNCOUNTED, NEXT_LOOK);
    }

    @Override
    public boolean isCurrent(String value) {
        return current instanceof BearerToken token && token.value().equals(value) && refusal(token) == null;
    }

    @Override
    public void drop(String token, FailedAttempt refusal) {
        if (read() instanceof BearerToken now && now.value().equals(token)) {
            var code = String.valueOf(refusal.getMessage());
            var problem = UpstreamProblems.bearerTokenRefused(file.toString(), code, refusal.quote())
                    .correlated(refusal.correlationId());
            refused = new Refused(token, problem, time.nanos() + REFUSAL_IS_SHARED.toNanos());
            throw await(problem);
        }
    }

    @Override
    public @Nullable Instant expiresAt() {
        return read() instanceof BearerToken token ? token.expiresAt() : null;
    }

    /** One read at a time, so that an older content never replaces a newer one. */
    private synchronized Content read() {
        var before = current;
        var now = file.read();
        if (!now.equals(before)) {
            current = now;
            log(now);
        }
        return now;
    }

    private void log(Content content) {
        switch (content) {
            case Unusable(var why) -> log.warn("Bearer token file unusable: {} {}", file, why);
            case BearerToken token
            when token.isExpiredAt(clock.instant()) ->
                log.warn("Bearer token expired: file {}, expired at {}", file, token.expiresAt());
            case BearerToken token ->
                log.info(
                        "Bearer token read: file {}, expires at {}",
                        file,
                        Objects.requireNonNullElse(token.expiresAt(), "an unknown time"));
        }
    }
}
