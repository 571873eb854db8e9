package dev.deprovisioner.providers;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.deprovisioner.testbed.Answer;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How a client proves who it is. */
interface Access {

    String TOKEN = "t1";
    String CLIENT = "client";
    String SECRET = "secret";

    boolean permits(ProviderRequest request);

    /** @return the answer of the token endpoint; empty if there is none */
    Optional<Answer> token(ProviderRequest request);

    /** A token that was handed out once; there is no token endpoint. */
    static Access staticBearer() {
        return new Bearer(request -> Optional.empty());
    }

    /** Client id and secret in the header. */
    static Access basic() {
        var expected = "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(UTF_8));
        return new Bearer(
                request -> Optional.of(issued(request.header("Authorization").equals(expected)
                        && !form(request).containsKey("scope"))));
    }

    /** Client id and secret in the form, and nowhere else. */
    static Access post(String scope) {
        var expected = Map.of(
                "grant_type", "client_credentials", "client_id", CLIENT, "client_secret", SECRET, "scope", scope);
        return new Bearer(request -> Optional.of(issued(form(request).equals(expected)
                && request.header("Authorization").isEmpty())));
    }

    private static Map<String, String> form(ProviderRequest request) {
        return ProviderRequest.parameters(request.body());
    }

    private static Answer issued(boolean valid) {
        var body = valid
                ? "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":172000}".formatted(TOKEN)
                : "{\"error\":\"invalid_client\"}";
        return new Answer(valid ? 200 : 401, Map.of("Content-Type", "application/json"), body);
    }

    /** Access by a bearer token. */
    record Bearer(Function<ProviderRequest, Optional<Answer>> endpoint) implements Access {

        @Override
        public boolean permits(ProviderRequest request) {
            return request.header("Authorization").equals("Bearer " + TOKEN);
        }

        @Override
        public Optional<Answer> token(ProviderRequest request) {
            return endpoint.apply(request);
        }
    }
}
