package dev.deprovisioner.security;

import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.deprovisioner.clock.MonotonicClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys. They are read again when they are old, or when a token names a key that is not among them.
 * They outlive an outage of the issuer. The rate limit of Nimbus's own sources allows two reads in each interval, and
 * they answer a token with an unknown key as if the issuer were down.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    /** Tokens with unknown keys cause at most one read in this time. */
    static final Duration PAUSE = Duration.ofSeconds(30);

    static final Duration FRESH = Duration.ofMinutes(5);

    /** An outage of 4 h may begin when the keys are already due to be read again. */
    static final Duration KEPT = FRESH.plusHours(4);

    /** Between tries while there are no keys, so that no token can be checked. */
    static final Duration PAUSE_WITHOUT_KEYS = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

    private final KeySetReader reader;
    private final MonotonicClock time;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Known known;

    IssuerKeys(KeySetReader reader, MonotonicClock time) {
        this.reader = reader;
        this.time = time;
        this.known = new Known(null, time.nanos(), time.nanos() - PAUSE.toNanos(), false);
    }

    /** Reads the issuer's key set. */
    @FunctionalInterface
    interface KeySetReader {

        JWKSet read() throws IOException;
    }

    /**
     * @param keys null before the first successful read
     * @param readAt of the keys
     * @param triedAt of the latest read, which failed or not
     */
    private record Known(@Nullable JWKSet keys, long readAt, long triedAt, boolean failed) {}

    /**
     * One request reads old keys again, while the others go on with them. A request with an unknown key waits for a read
     * that is going on.
     */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws RemoteKeySourceException {
        if (isOld(known) && reading.tryLock()) {
            readAndUnlock(this::isOld);
        }
        var matching = select(selector);
        if (matching.isEmpty()) {
            reading.lock();
            readAndUnlock(this::isDue);
            matching = select(selector);
        }
        if (matching.isEmpty() && known.failed()) {
            throw new RemoteKeySourceException("the issuer's keys cannot be read", null);
        }
        return matching;
    }

    private void readAndUnlock(Predicate<Known> condition) {
        try {
            if (condition.test(known)) {
                known = read(known);
            }
        } finally {
            reading.unlock();
        }
    }

    private Known read(Known former) {
        try {
            var keys = reader.read();
            return new Known(keys, time.nanos(), time.nanos(), false);
        } catch (IOException e) {
            log.warn(
                    "Keys of the callers' issuer not read: {}, {}",
                    e.getMessage(),
                    isUsable(former) ? "earlier ones are used" : "no token can be checked");
            return new Known(former.keys(), former.readAt(), time.nanos(), true);
        }
    }

    private List<JWK> select(JWKSelector selector) {
        var current = known;
        return isUsable(current) && current.keys() != null ? selector.select(current.keys()) : List.of();
    }

    private boolean isUsable(Known keys) {
        return keys.keys() != null && time.since(keys.readAt()).compareTo(KEPT) <= 0;
    }

    private boolean isOld(Known keys) {
        return isDue(keys) && (!isUsable(keys) || time.since(keys.readAt()).compareTo(FRESH) >= 0);
    }

    private boolean isDue(Known keys) {
        return time.since(keys.triedAt()).compareTo(isUsable(keys) ? PAUSE : PAUSE_WITHOUT_KEYS) >= 0;
    }
}
