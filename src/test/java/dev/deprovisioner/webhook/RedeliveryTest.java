package dev.deprovisioner.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.verify;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/** Delivering once more: under the same id, with the whole schedule, and with an entry in the trail. */
class RedeliveryTest extends StubbedReceiver {

    private static final Caller OPERATOR = new Caller("operator");

    @Autowired
    private Redelivery redelivery;

    @Autowired
    @Qualifier("webhookQueue")
    private TaskQueue queue;

    @BeforeEach
    void forgetTasks() {
        clearInvocations(queue);
    }

    @Test
    void deliversAgainWhatWasUndeliverable() {
        receiver(status(410), status(204));
        tried();

        var ordered = redelivery.request(id, OPERATOR);

        assertThat(ordered).isEqualTo(delivery());
        assertThat(ordered.status()).isEqualTo(Delivery.Status.PENDING);
        assertThat(ordered.nextAttemptAt()).isEqualTo(time.instant());
        verify(queue).scheduleOrWake(new TaskId(id.value()));
        assertThat(tried()).isEmpty();
        assertThat(delivery().status()).isEqualTo(Delivery.Status.DELIVERED);
        assertThat(delivery().attempts()).isEqualTo(2);
        assertThat(latest().webhookSynced()).isTrue();
        assertThat(received())
                .hasSize(2)
                .extracting(request -> request.getHeader("webhook-id"))
                .containsOnly(id.value());
        assertThat(trail())
                .containsExactly("REQUEST SUCCESS", "WEBHOOK FAILED", "REDELIVER SUCCESS", "WEBHOOK SUCCESS");
        assertThat(jdbc.sql("SELECT actor FROM audit_entry WHERE group_id = ? AND action = 'REDELIVER'")
                        .param(group.value())
                        .query(String.class)
                        .single())
                .isEqualTo("operator");
    }

    @Test
    void deliversAgainWhatWasDelivered() {
        receiver(status(204));
        tried();

        redelivery.request(id, OPERATOR);
        tried();

        assertThat(received()).hasSize(2);
        assertThat(delivery().status()).isEqualTo(Delivery.Status.DELIVERED);
        assertThat(trail())
                .containsExactly("REQUEST SUCCESS", "WEBHOOK SUCCESS", "REDELIVER SUCCESS", "WEBHOOK SUCCESS");
    }

    @Test
    void beginsTheWholeScheduleAgain() {
        receiver(status(404));
        var created = time.instant();
        for (int tries = 0; tries < 10; tries++) {
            tried();
            time.step(Duration.ofHours(30));
        }
        assertThat(delivery().status()).isEqualTo(Delivery.Status.UNDELIVERABLE);

        redelivery.request(id, OPERATOR);

        assertThat(delivery().tries().end()).isEqualTo(time.instant().plus(DeliverySchedule.LENGTH));
        assertThat(delivery().tries().end()).isAfter(created.plus(DeliverySchedule.LENGTH));
        assertThat(Duration.between(time.instant(), tried().orElseThrow()))
                .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500));
        assertThat(delivery().attempts()).isEqualTo(11);
    }

    @Test
    void bringsForwardWhatHasNotEnded() {
        receiver(status(404));
        tried();
        time.step(Duration.ofSeconds(1));
        var before = delivery();

        redelivery.request(id, OPERATOR);

        assertThat(delivery().nextAttemptAt()).isEqualTo(time.instant());
        assertThat(delivery().tries().spent()).isEqualTo(before.tries().spent());
        assertThat(delivery().tries().end()).isEqualTo(before.tries().end());
        verify(queue).scheduleOrWake(new TaskId(id.value()));
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "REDELIVER SUCCESS");
    }

    @Test
    void aTryThatWasUnderWayEndsNothingThatWasOrderedAfterIt() {
        receiver(status(410), status(204));
        var before = delivery();
        tried();
        redelivery.request(id, OPERATOR);

        assertThat(deliveries.save(before, before.delivered())).isFalse();

        assertThat(delivery().status()).isEqualTo(Delivery.Status.PENDING);
    }

    @Test
    void everyOrderIsInTheTrailAndOneScheduleBegins() throws Exception {
        receiver(status(410));
        tried();

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Delivery> order = () -> redelivery.request(id, OPERATOR);
            assertThat(callers.invokeAll(Collections.nCopies(8, order)))
                    .allSatisfy(answer -> assertThat(answer.state()).isEqualTo(Future.State.SUCCESS));
        }

        assertThat(delivery().tries().attemptsBeforeRedelivery()).isEqualTo(1);
        assertThat(trail()).filteredOn("REDELIVER SUCCESS"::equals).hasSize(8);
    }

    @Test
    void knowsNoOther() {
        assertThatThrownBy(() -> redelivery.request(DeliveryId.of(latest().id(), "another_event", "default"), OPERATOR))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not-found");
        assertThat(trail()).containsExactly("REQUEST SUCCESS");
    }
}
