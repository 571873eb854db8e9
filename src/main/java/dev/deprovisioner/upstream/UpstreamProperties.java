package dev.deprovisioner.upstream;

import dev.deprovisioner.setting.InvalidSetting;
import dev.deprovisioner.upstream.TokenFile.Unusable;
import dev.deprovisioner.upstream.ratelimit.RateLimit;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach the identity provider.
 *
 * @param region The region of a Genesys Cloud organisation, such as mypurecloud.de. It derives base-url
 *     (https://api.REGION) and token-uri (https://login.REGION/oauth/token) where these are not set.
 * @param baseUrl The base URL of the provider's API, such as https://api.mypurecloud.com. https, unless it is on this
 *     machine. Required without region.
 * @param tokenUri The OAuth2 token endpoint (RFC 6749, section 3.2), /oauth/token below base-url unless it or region is set. https, unless
 *     it is on this machine.
 * @param clientId The id of this service as the provider's OAuth2 client. Required without bearer-token-file.
 * @param clientSecret The secret of that client. Required without bearer-token-file.
 * @param clientAuthentication How the token endpoint gets id and secret: by HTTP Basic, form-encoded before (RFC 6749,
 *     section 2.3.1) or as they are (raw), or in the form of the request (post).
 * @param bearerTokenFile The path of a file with a static bearer token, which is read again when it changes. With it, no
 *     token endpoint is asked, and client id and secret are not used.
 * @param scopes The scopes of every token request. Empty for a provider that takes none.
 * @param maxConcurrency How many requests may be in flight at once, over all runs of this process; at least 1.
 * @param allowInsecureHttp Accept plain http to other hosts than this one: then the network can read tokens and
 *     secrets.
 * @param sslBundle The SSL bundle (spring.ssl.bundle) for the API and the token endpoint: the authorities that sign
 *     the provider's certificates, and the certificate of this service. The JDK's authorities unless set.
 * @param connectTimeout How long connecting may take; at most 15s.
 * @param requestTimeout Bounds a whole exchange, from connecting to the body's last byte; at most 15s, to stay
 *     below the lease of a run.
 */
@ConfigurationProperties("deprovisioner.upstream")
record UpstreamProperties(
        @Nullable String region,
        @Nullable URI baseUrl,
        @Nullable URI tokenUri,
        @Nullable String clientId,
        @Nullable String clientSecret,

        @DefaultValue("client_secret_basic") ClientAuthentication clientAuthentication,

        @Nullable String bearerTokenFile,

        @DefaultValue({"scim:group:read", "scim:group:write", "scim:group:delete"})
        List<String> scopes,

        @DefaultValue("16") int maxConcurrency,
        @NestedConfigurationProperty @DefaultValue RateLimit rateLimit,
        @DefaultValue("false") boolean allowInsecureHttp,
        @Nullable String sslBundle,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue Retry retry) {

    private static final String PREFIX = "deprovisioner.upstream.";

    static final String SSL_BUNDLE = PREFIX + "ssl-bundle";
    private static final String WITHOUT_FILE = "is missing, and bearer-token-file is not set";
    /** In requests a second; with one permit between a read and its change, 15 s each. */
    private static final double LOWEST_RATE = 4 / 60.0;

    UpstreamProperties {
        region = textOrNull(region);
        require(
                region == null || region.matches("[a-z0-9-]{1,63}(\\.[a-z0-9-]{1,63}){1,8}"),
                "region",
                "is no region of Genesys Cloud",
                "mypurecloud.de, the part of its addresses after api. and login.");
        baseUrl = baseUrl == null && region != null ? URI.create("https://api." + region) : baseUrl;
        require(baseUrl != null, "base-url", "is missing, and region is not set", "https://api.example.com");
        requireSafe("base-url", Objects.requireNonNull(baseUrl), allowInsecureHttp);
        if (tokenUri != null) {
            requireSafe("token-uri", tokenUri, allowInsecureHttp);
        }
        bearerTokenFile = textOrNull(bearerTokenFile);
        clientId = textOrNull(clientId);
        clientSecret = textOrNull(clientSecret);
        if (bearerTokenFile != null) {
            requireUsable(TokenFile.of(bearerTokenFile));
        } else {
            requireClient(clientId, clientSecret, clientAuthentication);
        }
        require(maxConcurrency >= 1, "max-concurrency", "must be at least 1", "16");
        requirePositive("connect-timeout", connectTimeout, "5s");
        require(
                connectTimeout.compareTo(RateLimit.LONGEST_REQUEST) <= 0,
                "connect-timeout",
                "must be at most 15s",
                "5s");
        requirePositive("request-timeout", requestTimeout, "10s");
        require(
                requestTimeout.compareTo(RateLimit.LONGEST_REQUEST) <= 0,
                "request-timeout",
                "must stay below the lease of a run: at most 15s",
                "10s");
        require(
                rateLimit.rate() >= LOWEST_RATE,
                "rate-limit.requests",
                "must be at least 4 a minute, or 0 for no limit: a read may be at most 30 s old when the change that"
                        + " was decided on it is sent",
                "300, or rate-limit.period to 1m");
        scopes = List.copyOf(scopes);
    }

    /**
     * The quick tries of one request.
     *
     * @param maxAttempts How often a request is tried in all, from 1 to 100, before its run parks.
     * @param baseDelay Upper bound of the first pause between tries, doubled for each further one.
     * @param maxDelay Upper bound of every pause, at most 10m. If the provider asks for a longer one, the run parks.
     */
    record Retry(
            @DefaultValue("4") int maxAttempts,
            @DefaultValue("1s") Duration baseDelay,
            @DefaultValue("30s") Duration maxDelay) {

        private static final Duration LONGEST_DELAY = Duration.ofMinutes(10);

        Retry {
            require(maxAttempts >= 1 && maxAttempts <= 100, "retry.max-attempts", "must be from 1 to 100", "4");
            requirePositive("retry.base-delay", baseDelay, "1s");
            require(
                    maxDelay.compareTo(baseDelay) >= 0 && maxDelay.compareTo(LONGEST_DELAY) <= 0,
                    "retry.max-delay",
                    "must be from base-delay to 10m",
                    "30s");
        }

        Retry withAttempts(int most) {
            return new Retry(most, baseDelay, maxDelay);
        }
    }

    /** The file with the token to send, or null if tokens are fetched with client credentials. */
    @Nullable
    TokenFile tokenFile() {
        return bearerTokenFile != null ? TokenFile.of(bearerTokenFile) : null;
    }

    /** Whether anything is set that only serves to fetch tokens. */
    boolean hasClientSettings() {
        return clientId != null || clientSecret != null || tokenUri != null;
    }

    /** Of use only without a {@link #tokenFile}. */
    ClientCredentials clientCredentials() {
        return new ClientCredentials(
                tokenEndpoint(),
                Objects.requireNonNull(clientId),
                Objects.requireNonNull(clientSecret),
                clientAuthentication,
                scopes);
    }

    private String tokenEndpoint() {
        if (tokenUri != null) {
            return tokenUri.toString();
        }
        return (region != null ? "https://login." + region : apiRoot()) + "/oauth/token";
    }

    /** The base URL without a slash at its end. */
    String apiRoot() {
        return Objects.requireNonNull(baseUrl).toString().replaceAll("/+$", "");
    }

    @Override
    public String toString() {
        return "UpstreamProperties[baseUrl=" + baseUrl + ", tokenUri=" + tokenUri + "]";
    }

    private static @Nullable String textOrNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    private static void requireClient(
            @Nullable String id, @Nullable String secret, ClientAuthentication authentication) {
        require(id != null, "client-id", WITHOUT_FILE, "the id of an OAuth2 client");
        require(secret != null, "client-secret", WITHOUT_FILE, "the secret of the OAuth2 client");
        require(
                authentication.canSend(id),
                "client-id",
                "has a colon, which client_secret_basic_raw cannot send",
                "an id without a colon, or change client-authentication");
    }

    private static void requireUsable(TokenFile file) {
        var why = file.read() instanceof Unusable unusable ? unusable.why() : "";
        require(
                why.isEmpty(),
                "bearer-token-file",
                "names " + file + ", which " + why,
                "/run/secrets/upstream-token: a file that has the token and nothing else, in one line, and that this"
                        + " process can read");
    }

    private static void requireSafe(String name, URI uri, boolean allowInsecureHttp) {
        require(
                !String.valueOf(uri.getRawAuthority()).contains("@"),
                name,
                "has a user or a password, which this service does not send",
                "https://api.example.com");
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
