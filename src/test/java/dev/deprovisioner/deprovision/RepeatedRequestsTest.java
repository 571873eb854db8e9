package dev.deprovisioner.deprovision;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A request that is repeated under its Idempotency-Key gets its run again. */
class RepeatedRequestsTest extends StubbedProvider {

    private static final Caller PORTAL = new Caller("portal");

    @Autowired
    private Idempotency idempotency;

    private DeprovisionCommand order(@Nullable String reason, boolean again) {
        return new DeprovisionCommand(PORTAL, null, reason, null, again, new IdempotencyKey("key-of-" + group));
    }

    private Deprovision request(DeprovisionCommand order) {
        return (Deprovision) deprovisioning.request(group, order, Runs.ANY_GROUP);
    }

    @Test
    void getsTheRunThatEndedAtOnce() {
        onRead(noGroup(404));
        var first = request(order(null, false));
        advance(first);
        var end = ended(latest());

        assertThat(end.status()).isEqualTo(Status.BLOCKED);
        assertThat(request(order(null, false))).isEqualTo(end);
        assertThat(requested().id()).isNotEqualTo(first.id());
        assertThat(request(order(null, false))).isEqualTo(end);
    }

    @Test
    void getsTheSameRunOfAnOrderToGoAgain() {
        var first = request(order(null, true));
        deprovisioning.cancel(group, PORTAL, run -> true);

        assertThat(request(order(null, true)).id()).isEqualTo(first.id());
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "CANCEL SUCCESS");
    }

    @Test
    void doesNotWakeARunThatWaits() {
        onRead(status(503));
        request(order(null, false));
        advance(latest());
        var waiting = latest();

        assertThat(waiting.status()).isEqualTo(Status.WAITING);
        assertThat(request(order(null, false))).isEqualTo(waiting);
        assertThat(latest()).isEqualTo(waiting);
    }

    @Test
    void isRefusedWithAnotherBodyOrGroup() {
        request(order(null, false));

        assertThatThrownBy(() -> request(order("closing", false))).hasMessageStartingWith("idempotency-key-reused");
        var another = new GroupId(group + "-another");
        assertThatThrownBy(() -> deprovisioning.request(another, order(null, false), Runs.ANY_GROUP))
                .hasMessageStartingWith("idempotency-key-reused");
        assertThat(history.latest(another)).isEmpty();
    }

    @Test
    void isCheckedForAccessEachTime() {
        request(order(null, false));

        assertThatThrownBy(() -> deprovisioning.request(group, order(null, false), hidden(1000)))
                .hasMessageContaining("forbidden");
    }

    private static RequestAccess hidden(int mostActiveRuns) {
        return new RequestAccess(false, run -> false, mostActiveRuns);
    }

    @Test
    void leavesNoTraceOfARefusal() {
        requested();
        assertThatThrownBy(() -> deprovisioning.request(group, order(null, false), hidden(0)))
                .hasMessageContaining("too-many-requests");

        assertThat(request(order("closing", false)).id()).isEqualTo(latest().id());
    }

    @Test
    void leavesNoTraceOfAConflict() {
        requested();
        var key = new IdempotencyKey("key-of-" + group);
        var later = new DeprovisionCommand(PORTAL, null, null, time.instant().plusSeconds(60), false, key);
        assertThatThrownBy(() -> request(later)).hasMessageStartingWith("conflict");

        assertThat(keys()).isZero();
        assertThat(request(order(null, false)).id()).isEqualTo(latest().id());
    }

    @Test
    void isAnotherRequestAfter24Hours() {
        var first = request(order(null, false));
        deprovisioning.cancel(group, PORTAL, run -> true);
        time.step(Duration.ofHours(24));

        assertThat(request(order("closing", false)).id()).isNotEqualTo(first.id());
    }

    @Test
    void isForgottenByTheRetention() {
        request(order(null, false));
        time.step(Duration.ofHours(24).minusMillis(1));
        idempotency.purge();
        assertThat(keys()).isOne();

        time.step(Duration.ofMillis(1));
        idempotency.purge();
        assertThat(keys()).isZero();
    }

    private int keys() {
        return jdbc.sql("SELECT COUNT(*) FROM idempotency_key WHERE key_text = :key")
                .param("key", "key-of-" + group)
                .query(Integer.class)
                .single();
    }

    @Test
    void getsTheRunOfATwinThatIsSentAtTheSameTime() throws Exception {
        int twins = 4;
        var start = new CyclicBarrier(twins);
        Callable<Deprovision> twin = () -> {
            start.await();
            return request(order(null, true));
        };
        var answers = new ArrayList<Future<Deprovision>>();
        try (var threads = Executors.newFixedThreadPool(twins)) {
            for (int i = 0; i < twins; i++) {
                answers.add(threads.submit(twin));
            }
        }

        assertThat(answers).extracting(answer -> answer.get().id()).containsOnly(latest().id());
        assertThat(trail()).containsExactly("REQUEST SUCCESS");
    }
}
