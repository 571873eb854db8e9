package dev.deprovisioner.testbed;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Spring Authorization Server on a free loopback port whose clients use client credentials and HTTP Basic: the
 * product itself, which gets opaque tokens for the upstream, and two of its callers, which get JWTs for the product.
 * There is one server a JVM. Each instance has a client of its own for the upstream, and knows the tokens of that only.
 */
public final class TokenServer {

    /**
     * As arguments, which outrank the environment and system properties. Filters need some servlet behind them. A
     * connection that was kept could end just when the next test uses it.
     */
    private static final String[] SETTINGS = {
        "--spring.config.name=token-server",
        "--server.address=127.0.0.1",
        "--server.port=0",
        "--server.shutdown=immediate",
        "--server.tomcat.max-keep-alive-requests=1",
        "--server.servlet.register-default-servlet=true"
    };

    private static final AtomicInteger UPSTREAM_CLIENTS = new AtomicInteger();

    private final String clientId;

    /** Started when a test first needs it, up to the end of the JVM. */
    private static final class Server {

        static final ConfigurableApplicationContext CONTEXT = start();
        static final UpstreamTokens UPSTREAM_TOKENS = CONTEXT.getBean(UpstreamTokens.class);
        static final URI ISSUER =
                URI.create("http://127.0.0.1:" + CONTEXT.getEnvironment().getRequiredProperty("local.server.port"));

        /** Reads none of the product's settings, and leaves its logging alone. */
        private static ConfigurableApplicationContext start() {
            var context = new SpringApplicationBuilder(TokenServerSetup.class)
                    .web(WebApplicationType.SERVLET)
                    .bannerMode(Banner.Mode.OFF)
                    .logStartupInfo(false)
                    .run(SETTINGS);
            // Else a product that starts later in this JVM finds the logging set up and keeps it as it is.
            LoggingSystem.get(TokenServer.class.getClassLoader()).cleanUp();
            return context;
        }
    }

    private TokenServer(String clientId) {
        this.clientId = clientId;
    }

    /** Registers a further client for the upstream. */
    public static TokenServer withNewClient() {
        var tokens = new TokenServer(TokenServerSetup.UPSTREAM + UPSTREAM_CLIENTS.incrementAndGet());
        tokens.upstreamTokenLifetime(Duration.ofMinutes(30));
        return tokens;
    }

    /** The {@code iss} of the tokens and where the authorization server's metadata begins. */
    public URI issuer() {
        return Server.ISSUER;
    }

    /** The token endpoint. */
    public URI tokenUri() {
        return issuer().resolve("/oauth2/token");
    }

    /** The public keys of the JWTs. */
    public URI jwkSetUri() {
        return issuer().resolve("/oauth2/jwks");
    }

    /** The product's id as a client of the upstream. */
    public String clientId() {
        return clientId;
    }

    /** The product's secret as a client of the upstream. */
    public String clientSecret() {
        return TokenServerSetup.secretOf(clientId);
    }

    /** Fetches a JWT of the portal for the product's API; its {@code sub} is {@code portal}. */
    public String callerToken(String... scopes) {
        return fetchToken(TokenServerSetup.PORTAL, scopes);
    }

    /** The same for a second caller; its {@code sub} is {@code approver}. */
    public String approverToken(String... scopes) {
        return fetchToken(TokenServerSetup.APPROVER, scopes);
    }

    /** Whether this is a token of this upstream client that has neither expired nor been revoked. */
    public boolean accepts(String bearer) {
        return Server.UPSTREAM_TOKENS.accepts(clientId, bearer);
    }

    /** How many tokens this upstream client has fetched, revoked ones too. */
    public int upstreamTokensIssued() {
        return Server.UPSTREAM_TOKENS.issued(clientId);
    }

    /** Lets {@link #accepts} refuse the tokens issued to this upstream client so far. */
    public void revokeUpstreamTokens() {
        Server.UPSTREAM_TOKENS.revokeAll(clientId);
    }

    /** Sets how long tokens of this upstream client are valid from now on, at least a second; 30 minutes unless set. */
    public void upstreamTokenLifetime(Duration lifetime) {
        Server.CONTEXT
                .getBean(InMemoryRegisteredClientRepository.class)
                .save(TokenServerSetup.upstreamClient(clientId, lifetime));
    }

    String fetchToken(String clientId, String... scopes) {
        var basic = (clientId + ":" + TokenServerSetup.secretOf(clientId)).getBytes(StandardCharsets.UTF_8);
        var form = "grant_type=client_credentials&scope=" + String.join("+", scopes);
        var response = Loopback.send(HttpRequest.newBuilder(tokenUri())
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
        if (response.statusCode() != 200) {
            throw new IllegalArgumentException("No token was issued: " + response.body());
        }
        return JsonMapper.shared().readTree(response.body()).get("access_token").asString();
    }
}
