package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Only a read shows whether the group is gone; the answer to the deletion does not. */
class DeletionFaultsTest extends StubbedProvider {

    @ParameterizedTest
    @MethodSource("unclear")
    void anUnclearAnswerIsSettledByARead(ResponseDefinitionBuilder answer) {
        onRead(with(), noGroup(404));
        onDelete(answer);

        assertThat(begun().verdict().outcome()).isEqualTo(Outcome.DELETED);

        assertSent(2, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void aDeleteWithoutEffectIsSentAgainOnlyAfterReads(ResponseDefinitionBuilder answer) {
        onRead(with(), with(), with(), noGroup(404));
        onDelete(answer, status(204));

        assertThat(begun().status()).isEqualTo(Status.WAITING);
        assertSent(2, 0, 1);
        assertThat(pause()).isBetween(Duration.ofMillis(2500), Duration.ofSeconds(5));

        assertThat(goneOn().verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertSent(4, 0, 2);
    }

    @Test
    void sendsADeleteAgainNoSoonerThanItsFailureAsksFor() {
        onRead(with());
        onDelete(status(503).withHeader("Retry-After", "120"));

        begun();

        assertThat(pause()).isEqualTo(Duration.ofMinutes(2));
        assertSent(2, 0, 1);
    }

    static Stream<ResponseDefinitionBuilder> unclear() {
        return Stream.of(
                status(500),
                status(504),
                status(408),
                status(307).withHeader("Location", "/elsewhere"),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
    }

    @ParameterizedTest
    @MethodSource
    void anUnusableReadIsNoProof(ResponseDefinitionBuilder read) {
        onRead(with(), read);
        onDelete(status(204));

        var waiting = begun();

        assertThat(waiting.status()).isEqualTo(Status.WAITING);
        assertThat(waiting.step()).isEqualTo(Step.DELETE_GROUP);
        assertThat(waiting.verdict().outcome()).isNull();
        provider.verify(1, deleteRequestedFor(urlEqualTo(path(group))));
        assertThat(trail()).doesNotContain("DELETE SUCCESS");
    }

    static Stream<ResponseDefinitionBuilder> anUnusableReadIsNoProof() {
        return Stream.of(
                status(503),
                status(429).withHeader("Retry-After", "60"),
                status(302).withHeader("Location", "/login"),
                okJson("{}"),
                okJson(""),
                aResponse().withBody("<html>404 Not Found</html>").withHeader("Content-Type", "text/html"),
                aResponse().withFault(Fault.EMPTY_RESPONSE));
    }

    @Test
    void aLostVerificationIsMadeUpWithoutAnotherDelete() {
        onRead(with(), status(503), status(503), status(503), status(503), noGroup(404));
        onDelete(status(204));

        begun();
        var end = goneOn();

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertSent(6, 0, 1);
    }

    @Test
    void aDeletionThatIsNeverVerifiedIsSentLessAndLessOften() {
        onRead(with());
        onDelete(status(204));
        var began = time.instant();

        begun();
        while (Duration.between(began, time.instant()).toHours() < 1) {
            goneOn();
        }

        assertThat(latest().status()).isEqualTo(Status.WAITING);
        assertThat(latest().steps().of(Step.DELETE_GROUP).sent().intents()).isBetween(5, 15);
    }

    @Test
    void aDeletionThatFindsNoGroupThoughThereIsOneIsSentLessAndLessOften() {
        onRead(with());
        onDelete(status(404));
        var began = time.instant();

        begun();
        while (Duration.between(began, time.instant()).toHours() < 1) {
            goneOn();
        }

        assertThat(latest().verdict().outcome()).isNull();
        assertThat(latest().steps().of(Step.DELETE_GROUP).sent().intents()).isBetween(10, 25);
    }
}
