package dev.deprovisioner.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Everything that the service talks to, and the settings with which it finds it. */
public final class ExternalSystems implements AutoCloseable {

    private static final byte[] WEBHOOK_KEY = "whole-application-tests-key-0123".getBytes(US_ASCII);

    private final TokenServer tokens = TokenServer.withNewClient();
    private final WebhookReceiver receiver = WebhookReceiver.start();
    private final ScimServer upstream = ScimServer.start(tokens::accepts);

    /** The identity provider. */
    public ScimServer upstream() {
        return upstream;
    }

    /** The server that issues tokens, to callers and for the upstream. */
    public TokenServer tokens() {
        return tokens;
    }

    /** Where webhooks go. */
    public WebhookReceiver receiver() {
        return receiver;
    }

    /** The signature that Standard Webhooks 1.0 asks of a delivery, worked out apart from the service's own code. */
    public static String expectedSignature(WebhookReceiver.Delivery delivery) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(WEBHOOK_KEY, "HmacSHA256"));
            var signed = delivery.id() + "." + delivery.timestamp() + "." + delivery.body();
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings with which the service works with all of these. */
    public Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("deprovisioner.upstream.base-url", upstream.baseUri().toString());
        settings.put("deprovisioner.upstream.token-uri", tokens.tokenUri().toString());
        settings.put("deprovisioner.upstream.client-id", tokens.clientId());
        settings.put("deprovisioner.upstream.client-secret", tokens.clientSecret());
        settings.put("deprovisioner.upstream.rate-limit.requests", "6000");
        // Tests send in a minute what callers send in an hour.
        settings.put("deprovisioner.security.caller-rate-limit.requests", "0");
        settings.put("deprovisioner.webhook.url", receiver.url().toString());
        settings.put(
                "deprovisioner.webhook.secrets", "whsec_" + Base64.getEncoder().encodeToString(WEBHOOK_KEY));
        settings.put(
                "spring.security.oauth2.resourceserver.jwt.issuer-uri",
                tokens.issuer().toString());
        settings.put(
                "spring.security.oauth2.resourceserver.jwt.jwk-set-uri",
                tokens.jwkSetUri().toString());
        return settings;
    }

    /** Leaves the server that issues tokens, which all tests share. */
    @Override
    public void close() {
        upstream.close();
        receiver.close();
    }
}
