package dev.deprovisioner.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.jwt;

import com.jayway.jsonpath.JsonPath;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.webhook.Deliveries.Numbered;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** Listing webhooks and delivering one once more, with the outbox stubbed. */
@WebMvcTest(DeliveryController.class)
@ImportAutoConfiguration(SslAutoConfiguration.class)
@ComponentScan(basePackages = {"dev.deprovisioner.security", "dev.deprovisioner.http", "dev.deprovisioner.problem"})
class DeliveryControllerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
    private static final Delivery PENDING = Delivery.pending(
            new Delivery.Message(WebhookEventType.GROUP_DEPROVISIONED, DeprovisionId.next(), new GroupId("g1"), "{}"),
            NOW);

    @Autowired
    private MockMvcTester mvc;

    @MockitoBean
    private Deliveries deliveries;

    @MockitoBean
    private Redelivery redelivery;

    @MockitoBean
    private JwtDecoder decoder;

    private MvcTestResult get(String path) {
        return mvc.get().uri(path).with(operator()).exchange();
    }

    private MvcTestResult redeliver(String id) {
        return mvc.post()
                .uri("/webhook-deliveries/{id}/redelivery", id)
                .with(operator())
                .exchange();
    }

    private static RequestPostProcessor operator() {
        return jwt().jwt(token -> token.subject("operator"))
                .authorities(new SimpleGrantedAuthority("SCOPE_webhook:manage"));
    }

    @Test
    void showsHowFarADeliveryHasCome() {
        var retried = PENDING.retried(NOW.plusSeconds(5), "HTTP 503", true);
        given(deliveries.newest(null, null, 101)).willReturn(List.of(new Numbered(7, retried)));

        assertThat(get("/webhook-deliveries")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"items":[{"id":"%s","groupId":"g1","status":"PENDING","attempts":1,
                 "nextAttemptAt":"2026-11-23T08:00:05.123Z","lastError":"HTTP 503"}]}""".formatted(PENDING.id()));
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        given(deliveries.newest(null, null, 101)).willReturn(List.of(new Numbered(7, PENDING.delivered())));

        assertThat(get("/webhook-deliveries")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"items":[{"id":"%s","groupId":"g1","status":"DELIVERED","attempts":1}]}""".formatted(PENDING.id()));
    }

    @Test
    void showsAWebhookOfANewerVersionInItsOwnWords() {
        var newer = new NewerDelivery(PENDING.id(), null, "EXPIRED", 2, null, "gone");
        given(deliveries.newest(null, null, 101)).willReturn(List.of(new Numbered(7, newer)));

        assertThat(get("/webhook-deliveries")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"items":[{"id":"%s","status":"EXPIRED","attempts":2,"lastError":"gone"}]}""".formatted(PENDING.id()));
    }

    @Test
    void takesBackTheCursorThatItGave() throws Exception {
        given(deliveries.newest(any(), any(), anyInt()))
                .willReturn(List.of(new Numbered(7, PENDING), new Numbered(4, PENDING)));
        String cursor =
                JsonPath.read(get("/webhook-deliveries?limit=1").getResponse().getContentAsString(), "$.nextCursor");

        assertThat(get("/webhook-deliveries?status=PENDING&limit=2&cursor=" + cursor))
                .hasStatusOk()
                .bodyText()
                .doesNotContain("nextCursor");

        verify(deliveries).newest(null, null, 2);
        verify(deliveries).newest(Delivery.Status.PENDING, 7L, 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=1001", "limit=x", "status=GONE", "cursor=x", "cursor=*", "cursor=bm8gaWQ"})
    void refusesWhatItCannotRead(String query) {
        assertThat(get("/webhook-deliveries?" + query))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-request");
        verifyNoInteractions(deliveries);
    }

    @Test
    void ordersARedeliveryInTheNameOfTheCaller() {
        given(redelivery.request(PENDING.id(), new Caller("operator"))).willReturn(PENDING);

        assertThat(redeliver(PENDING.id().value()))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("$.status")
                .isEqualTo("PENDING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "msg_", "msg_1", "MSG_01900000-0000-7000-8000-000000000001", "msg_' OR '1'='1"})
    void refusesWhatIsNoId(String id) {
        assertThat(redeliver(id))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-request");
        verifyNoInteractions(redelivery);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deprovision:read", "deprovision:write", "audit:read"})
    void wantsAScopeOfItsOwn(String scope) {
        var other = jwt().authorities(new SimpleGrantedAuthority("SCOPE_" + scope));

        assertThat(mvc.get().uri("/webhook-deliveries").with(other)).hasStatus(403);
        assertThat(mvc.post()
                        .uri("/webhook-deliveries/{id}/redelivery", PENDING.id())
                        .with(other))
                .hasStatus(403);
        verifyNoInteractions(deliveries, redelivery);
    }

    @Test
    void namesTheDeliveryByItsId() {
        given(redelivery.request(any(), any())).willReturn(PENDING);
        var id = new DeliveryId("msg_00000000-0000-8000-8000-000000000000");

        redeliver(id.value());

        verify(redelivery).request(eq(id), any());
    }
}
