package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.deprovisioner.testbed.SteppedTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** How often the issuer is asked for its keys, and how long they last without it. */
class IssuerKeysTest {

    private final SteppedTime time = new SteppedTime();
    private final IssuerKeys keys = new IssuerKeys(this::read, time);
    private JWKSet published = new JWKSet(SignedTokens.KEY.toPublicJWK());
    private boolean up = true;
    private int reads;

    private JWKSet read() throws IOException {
        reads++;
        if (!up) {
            throw new IOException("down");
        }
        return published;
    }

    private List<JWK> get(String id) throws KeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
    }

    @Test
    void areReadOnceForAllTokens() throws KeySourceException {
        for (int i = 0; i < 100; i++) {
            assertThat(get("k1")).hasSize(1);
        }
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void areReadAtMostEvery30SecondsForUnknownOnes() throws KeySourceException {
        get("k1");
        for (int second = 0; second < 90; second++) {
            for (int i = 0; i < 10; i++) {
                assertThat(get("unknown-" + second + "-" + i)).isEmpty();
            }
            time.step(Duration.ofSeconds(1));
        }
        assertThat(reads).isEqualTo(3);
    }

    @Test
    void areFoundSoonAfterTheyWerePublished() throws KeySourceException {
        get("k1");
        published = new JWKSet(List.of(SignedTokens.KEY.toPublicJWK(), SignedTokens.ROTATED.toPublicJWK()));
        time.step(IssuerKeys.PAUSE);
        assertThat(get("k2")).hasSize(1);
    }

    @Test
    void areForgottenSoonAfterTheyWereWithdrawn() throws KeySourceException {
        get("k1");
        published = new JWKSet(List.of());
        time.step(IssuerKeys.FRESH);
        assertThat(get("k1")).isEmpty();
    }

    @Test
    void surviveAnOutageOfFourHours() throws KeySourceException {
        get("k1");
        time.step(IssuerKeys.FRESH.minusSeconds(1));
        up = false;
        for (int minute = 0; minute <= 240; minute++) {
            assertThat(get("k1")).hasSize(1);
            time.step(Duration.ofMinutes(1));
        }
        assertThatThrownBy(() -> get("k1")).isInstanceOf(RemoteKeySourceException.class);
        up = true;
        time.step(IssuerKeys.PAUSE_WITHOUT_KEYS);
        assertThat(get("k1")).hasSize(1);
    }

    @Test
    void leaveAnUnknownOneOpenWhileTheIssuerIsDown() throws KeySourceException {
        get("k1");
        up = false;
        time.step(IssuerKeys.PAUSE);
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> get("k2")).isInstanceOf(RemoteKeySourceException.class);
            assertThat(get("k1")).hasSize(1);
        }
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void areThereSoonAfterAStartWithoutTheIssuer() throws KeySourceException {
        up = false;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> get("k1")).isInstanceOf(RemoteKeySourceException.class);
        }
        assertThat(reads).isEqualTo(1);
        up = true;
        time.step(IssuerKeys.PAUSE_WITHOUT_KEYS);
        assertThat(get("k1")).hasSize(1);
    }

    /** The issuer hangs: one request waits for it, and the others are answered by the keys that are known. */
    @Test
    void letNoOtherCallerWaitForAReadThatHangs() throws Exception {
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        var hanging = new IssuerKeys(
                () -> {
                    if (reads++ > 0) {
                        asked.countDown();
                        awaitQuietly(answered);
                    }
                    return published;
                },
                time);
        var known = new JWKSelector(new JWKMatcher.Builder().keyID("k1").build());
        hanging.get(known, null);
        time.step(IssuerKeys.FRESH);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> hanging.get(known, null));
            asked.await();
            assertThat(hanging.get(known, null)).hasSize(1);
            assertThat(first).isNotDone();
            answered.countDown();
            assertThat(first.get()).hasSize(1);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
