package dev.deprovisioner.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.dao.OptimisticLockingFailureException;

/** What the receiver is sent, and how it can tell that it comes from us. */
class DeliveryMessageTest extends StubbedReceiver {

    @Test
    void sendsTheDocumentedBodyWithTheDocumentedFieldsFirst() {
        receiver(status(204));
        var at = time.instant();

        assertThat(tried()).isEmpty();

        assertThat(received())
                .singleElement()
                .satisfies(request -> assertThat(request.getBodyAsString())
                        .isEqualTo("{\"event\":\"group_deprovisioned\",\"group_id\":\"" + group + "\",\"timestamp\":\""
                                + at
                                + "\",\"source\":\"genesys_scim_deprovisioner\",\"deprovision_id\":\""
                                + latest().id() + "\",\"outcome\":\"DELETED\",\"members_removed\":2}"));
    }

    @Test
    void sendsTheHeadersOfStandardWebhooks() {
        receiver(status(204));

        tried();

        provider.verify(
                1,
                postRequestedFor(urlEqualTo(WEBHOOK))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withHeader("User-Agent", matching("scim-deprovisioner/\\d.*"))
                        .withHeader("webhook-id", equalTo(id.value()))
                        .withHeader(
                                "webhook-timestamp",
                                equalTo(String.valueOf(time.instant().getEpochSecond())))
                        .withHeader("Authorization", absent()));
    }

    @Test
    void signsWhatItSends() throws GeneralSecurityException {
        receiver(status(204));

        tried();

        assertThat(received().getFirst().getHeader("webhook-signature"))
                .isEqualTo(signature(received().getFirst()));
    }

    @Test
    void signsEachTryAgainUnderTheSameId() throws GeneralSecurityException {
        receiver(status(500), status(204));

        tried();
        time.step(Duration.ofSeconds(6));
        tried();

        var both = received();
        assertThat(both)
                .hasSize(2)
                .extracting(request -> request.getHeader("webhook-id"))
                .containsOnly(id.value());
        assertThat(both)
                .extracting(LoggedRequest::getBodyAsString)
                .containsOnly(delivery().message().body());
        assertThat(both)
                .extracting(request -> request.getHeader("webhook-timestamp"))
                .doesNotHaveDuplicates();
        for (var request : both) {
            assertThat(request.getHeader("webhook-signature")).isEqualTo(signature(request));
        }
    }

    /** Such as a database that was restored from before the announcement. */
    @Test
    void isAnnouncedOnceMoreUnderTheSameIdAfterItsRowWasLost() {
        jdbc.sql("DELETE FROM webhook_delivery").update();

        assertThat(announced(latest())).isEqualTo(id);
        assertThat(announcedForAnotherGroup()).isNotEqualTo(id);
    }

    @Test
    void isNotAnnouncedTwiceByAProcessThatHasLostTheRun() {
        assertThatThrownBy(() -> announced(latest())).isInstanceOf(OptimisticLockingFailureException.class);
    }

    private static String signature(LoggedRequest request) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        var signed = request.getHeader("webhook-id") + "." + request.getHeader("webhook-timestamp") + "."
                + request.getBodyAsString();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
