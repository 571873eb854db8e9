package dev.deprovisioner.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;

/** A receiver that is away is not tried with everything that is due, and no delivery pays for it. */
@Tag("slow")
class ProbingTest extends StubbedReceiver {

    @Autowired
    @Qualifier("webhookQueue")
    private TaskQueue queue;

    @Autowired
    private CircuitStateStore receiver;

    private final List<DeliveryId> others = new ArrayList<>();

    /** Five deliveries were tried in vain; the one that this test is about waits. */
    private void receiverIsLost() {
        receiver(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        for (int i = 0; i < 5; i++) {
            others.add(announcedForAnotherGroup());
            tried(others.getLast());
        }
        assertThat(receiver.read().isOpen()).isTrue();
        verify(queue).scheduleOrWake(ReceiverCircuitBreaker.PROBES);
        forgetRequests();
    }

    private void forgetRequests() {
        provider.resetRequests();
        clearInvocations(queue);
    }

    private Optional<Instant> chosen() {
        return task.chooseTrial();
    }

    /** Chooses until it is this one's turn. */
    private void choose(DeliveryId delivery) {
        for (int turns = 0; !delivery.value().equals(receiver.read().probe()); turns++) {
            assertThat(turns).isLessThan(20);
            assertThat(chosen()).contains(time.instant().plusSeconds(3));
        }
    }

    @Test
    void fourFailuresAreNoReason() {
        receiver(status(500));
        for (int i = 0; i < 4; i++) {
            tried(announcedForAnotherGroup());
        }

        tried();

        assertThat(received()).hasSize(5);
        assertThat(delivery().attempts()).isEqualTo(1);
    }

    @Test
    void aDueDeliveryIsHeldWithoutSpendingATry() {
        receiverIsLost();

        assertThat(tried()).contains(delivery().tries().end());
        time.step(Duration.ofMinutes(5));
        others.forEach(this::tried);

        assertThat(received()).isEmpty();
        assertThat(delivery().attempts()).isZero();
        assertThat(delivery().tries().held()).isTrue();
        assertThat(delivery(others.getFirst()).attempts()).isEqualTo(1);
    }

    @Test
    void oneAfterTheOtherIsProbedAndNothingElse() {
        receiverIsLost();
        tried();
        var probed = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            assertThat(chosen()).contains(time.instant().plusSeconds(3));
            var probe = Objects.requireNonNull(receiver.read().probe());
            probed.add(probe);
            verify(queue).wake(new TaskId(probe));
            others.forEach(this::tried);
            tried();
            assertThat(received()).as("requests of one probe").hasSize(1);
            forgetRequests();
            time.step(Duration.ofSeconds(3));
        }

        assertThat(probed.subList(0, 6)).doesNotHaveDuplicates().isEqualTo(probed.subList(6, 12));
        assertThat(delivery().attempts()).isZero();
        assertThat(delivery(others.getFirst()).attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 400, 404, 410, 429})
    void anyAnswerBelow500LetsAllGoOnAtOnce(int status) {
        receiverIsLost();
        tried();
        choose(id);
        receiver(status(status));
        clearInvocations(queue);

        tried();

        assertThat(receiver.read().isOpen()).isFalse();
        verify(queue)
                .wake(others.stream().map(other -> new TaskId(other.value())).toList());
        assertThat(others)
                .allSatisfy(other -> assertThat(delivery(other).nextAttemptAt()).isEqualTo(time.instant()));
        assertThat(delivery().attempts()).isEqualTo(1);
        assertThat(chosen()).isEmpty();
        tried(others.getFirst());
        assertThat(delivery(others.getFirst()).attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void noOtherAnswerDoes(int status) {
        receiverIsLost();
        tried();
        choose(id);
        receiver(status(status));

        assertThat(tried()).contains(delivery().tries().end());

        assertThat(receiver.read().isOpen()).isTrue();
        assertThat(delivery().attempts()).isZero();
        assertThat(delivery().lastError()).isEqualTo("HTTP " + status);
    }

    @Test
    void aProbeLeavesTheReceiverAloneAsLongAsItAsks() {
        receiverIsLost();
        tried();
        choose(id);
        receiver(status(503).withHeader("Retry-After", "120"));

        assertThat(tried()).contains(time.instant().plusSeconds(120));

        assertThat(delivery().attempts()).isZero();
        assertThat(deliveries.held()).containsExactlyElementsOf(others);
    }

    @Test
    void aDeliveryIsNotResumedBeforeItsRetryAfter() {
        receiver(status(503).withHeader("Retry-After", "600"));
        var asked = announcedForAnotherGroup();
        var next = tried(asked);
        receiverIsLost();
        tried();
        choose(id);
        receiver(status(204));

        tried();

        assertThat(delivery(asked).nextAttemptAt()).isEqualTo(next.orElseThrow());
    }

    @Test
    void isUndeliverableWhenTheReceiverStaysAwayAsLongAsTheScheduleIs() {
        receiverIsLost();
        tried();
        time.step(DeliverySchedule.LENGTH.minusSeconds(1));
        assertThat(tried()).isPresent();
        time.step(Duration.ofSeconds(1));

        assertThat(tried()).isEmpty();

        assertThat(received()).isEmpty();
        assertThat(delivery().status()).isEqualTo(Delivery.Status.UNDELIVERABLE);
        assertThat(delivery().lastError()).contains("answered nothing");
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "WEBHOOK FAILED");
    }

    @Test
    void aProbeAfterThatTimeIsTheLastTry() {
        receiverIsLost();
        tried();
        choose(id);
        time.step(DeliverySchedule.LENGTH);

        assertThat(tried()).isEmpty();

        assertThat(received()).hasSize(1);
        assertThat(delivery().status()).isEqualTo(Delivery.Status.UNDELIVERABLE);
        assertThat(delivery().attempts()).isEqualTo(1);
    }

    @Test
    void aNewDeliveryIsHeldToo() {
        receiverIsLost();
        var late = announcedForAnotherGroup();

        tried(late);
        choose(late);
        receiver(status(204));
        tried(late);

        assertThat(delivery(late).status()).isEqualTo(Delivery.Status.DELIVERED);
    }

    @Test
    void choosesNothingWhileTheReceiverAnswers() {
        receiver(status(204));
        clearInvocations(queue);

        assertThat(chosen()).isEmpty();

        verify(queue, never()).wake(any(TaskId.class));
        assertThat(receiver.read().probe()).isNull();
    }
}
