package dev.deprovisioner.upstream;

import dev.deprovisioner.problem.InvalidSetting;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach the identity provider.
 *
 * @param baseUrl where the provider's API begins
 * @param tokenUri the OAuth2 token endpoint (RFC 6749, section 3.2)
 * @param scopes requested with every token; empty for a provider that takes none
 * @param maxConcurrency requests in flight, over all runs of this process
 * @param allowInsecureHttp accept plain http for another host than this one
 * @param requestTimeout bounds a whole exchange, from connecting to the body's last byte
 */
@ConfigurationProperties("deprovisioner.upstream")
record UpstreamProperties(
        URI baseUrl,
        URI tokenUri,
        String clientId,
        String clientSecret,

        @DefaultValue({"scim:group:read", "scim:group:write", "scim:group:delete"})
        List<String> scopes,

        @DefaultValue("16") int maxConcurrency,
        @DefaultValue RateLimit rateLimit,
        @DefaultValue("false") boolean allowInsecureHttp,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue Retry retry) {

    private static final String PREFIX = "deprovisioner.upstream.";
    /** A request must end before its run's lease does, or another process may take the run over meanwhile. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(15);

    UpstreamProperties {
        requireAll(baseUrl, tokenUri, clientId, clientSecret);
        requireSafe("base-url", baseUrl, allowInsecureHttp);
        requireSafe("token-uri", tokenUri, allowInsecureHttp);
        require(maxConcurrency >= 1, "max-concurrency", "must be at least 1", "16");
        requirePositive("connect-timeout", connectTimeout, "5s");
        requirePositive("request-timeout", requestTimeout, "10s");
        require(
                requestTimeout.compareTo(LONGEST_REQUEST) <= 0,
                "request-timeout",
                "must stay below the lease of a run: at most 15s",
                "10s");
        scopes = List.copyOf(scopes);
    }

    /**
     * An evenly refilled bucket.
     *
     * @param requests requests in each period; 0 for no limit
     * @param burst the bucket's capacity; a tenth of the requests if not set
     */
    record RateLimit(
            @DefaultValue("300") int requests,
            @DefaultValue("1m") Duration period,
            @Nullable Integer burst) {

        RateLimit {
            require(requests >= 0, "rate-limit.requests", "must not be negative", "300");
            requirePositive("rate-limit.period", period, "1m");
            require(burst == null || burst >= 1, "rate-limit.burst", "must be at least 1", "30");
        }

        int capacity() {
            return burst != null ? burst : Math.ceilDiv(requests, 10);
        }
    }

    /**
     * The quick tries of one request.
     *
     * @param maxAttempts tries in all, the first included
     * @param baseDelay upper bound of the first pause, doubled for each further one
     * @param maxDelay longest pause; a longer one parks the run
     */
    record Retry(
            @DefaultValue("4") int maxAttempts,
            @DefaultValue("1s") Duration baseDelay,
            @DefaultValue("30s") Duration maxDelay) {

        Retry {
            require(maxAttempts >= 1, "retry.max-attempts", "must be at least 1", "4");
            requirePositive("retry.base-delay", baseDelay, "1s");
            require(maxDelay.compareTo(baseDelay) >= 0, "retry.max-delay", "must not be below base-delay", "30s");
        }
    }

    @Override
    public String toString() {
        return "UpstreamProperties[baseUrl=" + baseUrl + ", tokenUri=" + tokenUri + "]";
    }

    private static void requireAll(
            @Nullable URI baseUrl, @Nullable URI tokenUri, @Nullable String clientId, @Nullable String clientSecret) {
        Map<String, @Nullable Object> required = new LinkedHashMap<>();
        required.put("base-url", baseUrl);
        required.put("token-uri", tokenUri);
        required.put("client-id", clientId);
        required.put("client-secret", clientSecret);
        var missing = required.entrySet().stream()
                .filter(e -> e.getValue() == null || e.getValue().toString().isBlank())
                .map(e -> PREFIX + e.getKey())
                .toList();
        if (!missing.isEmpty()) {
            throw new InvalidSetting(
                    "The identity provider is not configured; missing: " + String.join(", ", missing) + ".",
                    "Set them, for instance DEPROVISIONER_UPSTREAM_BASE_URL=https://api.example.com in the environment;"
                            + " README.md lists all settings. To try the service without a provider, start its sandbox:"
                            + " mvn spring-boot:test-run");
        }
    }

    private static void requireSafe(String name, URI uri, boolean allowInsecureHttp) {
        boolean http = "http".equalsIgnoreCase(uri.getScheme());
        require(
                uri.getHost() != null && (http || "https".equalsIgnoreCase(uri.getScheme())),
                name,
                "must be an absolute http(s) URL",
                "https://api.example.com");
        require(
                !http || allowInsecureHttp || isLoopback(uri.getHost()),
                name,
                "is plain http, over which tokens and secrets could be read",
                "https://" + uri.getHost() + ", or set " + PREFIX + "allow-insecure-http=true");
    }

    private static boolean isLoopback(String host) {
        try {
            // Only a literal or "localhost" is trusted: what a name resolves to can change after the start.
            return host.equalsIgnoreCase("localhost")
                    || (host.matches("[0-9.]+|\\[.*]")
                            && InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void requirePositive(String name, Duration value, String example) {
        require(value.isPositive(), name, "must be longer than 0", example);
    }

    private static void require(boolean valid, String name, String wrong, String example) {
        if (!valid) {
            throw new InvalidSetting(PREFIX + name + " " + wrong + ".", "Set it to, for example, " + example + ".");
        }
    }
}
