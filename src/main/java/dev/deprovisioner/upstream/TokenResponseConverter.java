package dev.deprovisioner.upstream;

import dev.deprovisioner.upstream.FailedAttempt.Reason;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import tools.jackson.databind.JsonNode;

/**
 * Reads what token endpoints answer with 200, of any content type. Spring Security's own converter fails on fractional
 * and very large lifetimes, and treats an absent one as one second.
 */
final class TokenResponseConverter extends AbstractHttpMessageConverter<OAuth2AccessTokenResponse> {

    /** Of a token without a lifetime. It may end sooner: a 401 says so. */
    private static final Duration ASSUMED = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofDays(365);

    TokenResponseConverter() {
        super(MediaType.ALL);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == OAuth2AccessTokenResponse.class;
    }

    @Override
    protected OAuth2AccessTokenResponse readInternal(
            Class<? extends OAuth2AccessTokenResponse> type, HttpInputMessage input) throws IOException {
        var text = BodyText.of(input.getBody().readAllBytes(), input.getHeaders());
        return read(new UpstreamResponse(200, input.getHeaders(), text, 0));
    }

    /** @throws FailedAttempt if there is no token that can be sent */
    static OAuth2AccessTokenResponse read(UpstreamResponse answer) {
        try {
            return token(answer, answer.object());
        } catch (MalformedResponseException e) {
            throw TokenEndpoint.failed(Reason.UNREACHABLE, answer, "an answer without a token, ");
        }
    }

    private static OAuth2AccessTokenResponse token(UpstreamResponse answer, JsonNode json) {
        var token = Attributes.text(json, "access_token").orElse("");
        if (token.isEmpty() && isSomething(Attributes.first(json, "error"))) {
            throw TokenEndpoint.failed(Reason.TOKEN_REFUSED, answer, "");
        }
        if (!token.matches("[\\x21-\\x7e]+")) {
            throw new MalformedResponseException("an answer without a token that can be sent in a header");
        }
        return OAuth2AccessTokenResponse.withToken(token)
                .tokenType(TokenType.BEARER)
                .expiresIn(lifetime(Attributes.first(json, "expires_in")).toSeconds())
                .build();
    }

    private static boolean isSomething(JsonNode error) {
        return error.isObject() || !error.asString("").isBlank();
    }

    private static Duration lifetime(JsonNode seconds) {
        double life = seconds.asDouble(0);
        return life >= 1 ? Duration.ofSeconds(Math.min((long) life, LONGEST.toSeconds())) : ASSUMED;
    }

    @Override
    protected void writeInternal(OAuth2AccessTokenResponse token, HttpOutputMessage output) {
        throw new UnsupportedOperationException("Tokens are only read");
    }
}
