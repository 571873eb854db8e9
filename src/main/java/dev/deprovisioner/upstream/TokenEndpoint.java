package dev.deprovisioner.upstream;

import dev.deprovisioner.http.RetryAfter;
import dev.deprovisioner.upstream.FailedAttempt.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.web.client.RestClient;

/** How the token endpoint is asked: Spring Security's client, over our connections and with our bounds. */
final class TokenEndpoint {

    private static final int MAX_RESPONSE_BYTES = 64 * 1024;

    private TokenEndpoint() {}

    static OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest> client(
            ClientCredentials credentials, ClientHttpRequestFactory requests, String userAgent, InstantSource clock) {
        var client = new RestClientClientCredentialsTokenResponseClient();
        client.setHeadersConverter(credentials::headers);
        client.setRestClient(RestClient.builder()
                .requestFactory(requests)
                .defaultHeader(HttpHeaders.USER_AGENT, userAgent)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new TokenResponseConverter()))
                .requestInterceptor(TokenEndpoint::bounded)
                .defaultStatusHandler(
                        status -> !status.is2xxSuccessful(),
                        (request, response) -> refuse(response, credentials, clock))
                .build());
        return client;
    }

    private static void refuse(ClientHttpResponse response, ClientCredentials credentials, InstantSource clock)
            throws IOException {
        var text = credentials.redacted(BodyText.of(response.getBody().readAllBytes(), response.getHeaders()));
        var answer = new UpstreamResponse(response.getStatusCode().value(), response.getHeaders(), text, 0);
        if (Throttling.isAskedBy(answer)) {
            throw failed(Reason.THROTTLED, answer, "").notBefore(Throttling.pause(answer.headers(), clock));
        }
        boolean refused = Set.of(400, 401, 403).contains(answer.status());
        var retryAfter = RetryAfter.parse(answer.headers().getFirst(HttpHeaders.RETRY_AFTER), clock);
        throw failed(refused ? Reason.TOKEN_REFUSED : Reason.UNREACHABLE, answer, "")
                .notBefore(retryAfter);
    }

    /** @param what comes before the status and the code */
    static FailedAttempt failed(Reason reason, UpstreamResponse answer, String what) {
        var detail = what + answer.errorCode() + " from the token endpoint";
        return FailedAttempt.of(reason, detail, Duration.ZERO, answer);
    }

    private static ClientHttpResponse bounded(HttpRequest request, byte[] body, ClientHttpRequestExecution next)
            throws IOException {
        var response = next.execute(request, body);
        var bytes = response.getBody().readNBytes(MAX_RESPONSE_BYTES + 1);
        if (bytes.length > MAX_RESPONSE_BYTES) {
            // Not the whole response: Spring would read the rest, however long that takes, for the sake of the
            // connection.
            response.getBody().close();
            if (!response.getStatusCode().isError()) {
                throw new IOException("The token endpoint's answer is over " + MAX_RESPONSE_BYTES + " bytes");
            }
        }
        return new Read(response, new ByteArrayInputStream(bytes, 0, Math.min(bytes.length, MAX_RESPONSE_BYTES)));
    }

    /** An answer whose body was read, within bounds. */
    private record Read(ClientHttpResponse response, InputStream body) implements ClientHttpResponse {

        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return response.getHeaders();
        }

        @Override
        public HttpStatusCode getStatusCode() throws IOException {
            return response.getStatusCode();
        }

        @Override
        public String getStatusText() throws IOException {
            return response.getStatusText();
        }

        @Override
        public void close() {
            response.close();
        }
    }
}
