package dev.deprovisioner.security;

import com.nimbusds.jose.jwk.JWKSet;
import dev.deprovisioner.http.ConnectionFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the issuer's key set: at the address that is set, or at the one that the issuer's metadata names. */
final class IssuerEndpoint implements IssuerKeys.KeySetReader {

    private static final int MOST_BYTES = 1024 * 1024;
    private static final String OPENID = "/.well-known/openid-configuration";
    private static final String OAUTH = "/.well-known/oauth-authorization-server";
    private static final MediaType KEY_SET = new MediaType("application", "jwk-set+json");

    private final RestClient client;
    private final @Nullable String keySet;
    private final String issuer;

    /**
     * @param keySet the address of the key set; null or blank to find it by the issuer's metadata
     * @param issuer not used if there is an address
     */
    IssuerEndpoint(RestClient client, @Nullable String keySet, String issuer) {
        this.client = client;
        this.keySet = keySet == null || keySet.isBlank() ? null : keySet;
        this.issuer = issuer;
    }

    @Override
    public JWKSet read() throws IOException {
        var address = keySet == null ? discovered() : keySet;
        return KeySet.parse(
                get(address).orElseThrow(() -> new IOException("there is no key set at " + withoutQuery(address))));
    }

    /** By OpenID Connect Discovery, then by RFC 8414, section 3, whose path goes between the host and the issuer's own. */
    private String discovered() throws IOException {
        var base = URI.create(issuer);
        var path = Optional.ofNullable(base.getPath()).orElse("");
        for (var metadata : List.of(at(base, path + OPENID), at(base, OPENID + path), at(base, OAUTH + path))) {
            var answer = get(metadata);
            if (answer.isPresent()) {
                return keySetOf(answer.get());
            }
        }
        throw new IOException("there is no metadata of the issuer " + issuer);
    }

    private static String at(URI base, String path) {
        return UriComponentsBuilder.fromUri(base)
                .replacePath(path.replace("//", "/"))
                .build()
                .toUriString();
    }

    private String keySetOf(String metadata) throws IOException {
        try {
            JsonNode members = JsonMapper.shared().readTree(metadata);
            if (!members.path("issuer").asString("").equals(issuer)) {
                throw new IOException("the metadata is of another issuer than " + issuer);
            }
            var address = members.path("jwks_uri").asString("");
            if (address.isEmpty()) {
                throw new IOException("the metadata names no jwks_uri");
            }
            return address;
        } catch (JacksonException e) {
            throw new IOException("the metadata is not JSON", e);
        }
    }

    /** Returns nothing if there is nothing at this address. */
    private Optional<String> get(String address) throws IOException {
        try {
            return client.get()
                    .uri(URI.create(address))
                    .accept(MediaType.APPLICATION_JSON, KEY_SET)
                    .exchangeForRequiredValue((request, answer) -> body(answer));
        } catch (RestClientException e) {
            throw new IOException("%s at %s".formatted(reason(e), withoutQuery(address)), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("the address of the key set is no URL", e);
        }
    }

    private static String reason(RestClientException e) {
        var unconnected = ConnectionFailure.describe(e);
        return unconnected == null
                ? String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage())
                : unconnected;
    }

    /** A query may have a secret, and the reason goes to the log. */
    private static String withoutQuery(String address) {
        return address.replaceFirst("[?#].*", "");
    }

    private static Optional<String> body(ClientHttpResponse answer) throws IOException {
        var status = answer.getStatusCode();
        if (status.is4xxClientError() && !status.isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS)) {
            return Optional.empty();
        }
        if (!status.is2xxSuccessful()) {
            throw new IOException("HTTP " + status.value());
        }
        var bytes = answer.getBody().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("an answer over " + MOST_BYTES + " bytes");
        }
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    }
}
