package dev.deprovisioner.testbed;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
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
 */
public final class TokenServer implements AutoCloseable {

    /** As arguments, which outrank the environment and system properties. Filters need some servlet behind them. */
    private static final String[] SETTINGS = {
        "--spring.config.name=token-server",
        "--server.address=127.0.0.1",
        "--server.port=0",
        "--server.shutdown=immediate",
        "--server.servlet.register-default-servlet=true"
    };

    private final ConfigurableApplicationContext context;
    private final UpstreamTokens upstreamTokens;
    private final URI issuer;

    private TokenServer(ConfigurableApplicationContext context) {
        this.context = context;
        this.upstreamTokens = context.getBean(UpstreamTokens.class);
        this.issuer =
                URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    /** Starts a server that reads none of the product's settings and leaves its logging alone. */
    public static TokenServer start() {
        var context = new SpringApplicationBuilder(TokenServerSetup.class)
                .web(WebApplicationType.SERVLET)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(SETTINGS);
        // Else a product that starts later in this JVM finds the logging set up and keeps it as it is.
        LoggingSystem.get(TokenServer.class.getClassLoader()).cleanUp();
        return new TokenServer(context);
    }

    /** The {@code iss} of the tokens and where the authorization server's metadata begins. */
    public URI issuer() {
        return issuer;
    }

    /** The token endpoint. */
    public URI tokenUri() {
        return issuer.resolve("/oauth2/token");
    }

    /** The public keys of the JWTs. */
    public URI jwkSetUri() {
        return issuer.resolve("/oauth2/jwks");
    }

    /** The product's id as a client of the upstream. */
    public String clientId() {
        return TokenServerSetup.UPSTREAM;
    }

    /** The product's secret as a client of the upstream. */
    public String clientSecret() {
        return TokenServerSetup.secretOf(clientId());
    }

    /** Fetches a JWT of the portal for the product's API; its {@code sub} is {@code portal}. */
    public String callerToken(String... scopes) {
        return fetchToken(TokenServerSetup.PORTAL, scopes);
    }

    /** The same for a second caller; its {@code sub} is {@code approver}. */
    public String approverToken(String... scopes) {
        return fetchToken(TokenServerSetup.APPROVER, scopes);
    }

    /** Whether this is an upstream token of this server that has neither expired nor been revoked. */
    public boolean accepts(String bearer) {
        return upstreamTokens.accepts(bearer);
    }

    /** How many tokens the upstream client has fetched, revoked ones too. */
    public int upstreamTokensIssued() {
        return upstreamTokens.issued();
    }

    /** Lets {@link #accepts} refuse the upstream tokens issued so far. */
    public void revokeUpstreamTokens() {
        upstreamTokens.revokeAll();
    }

    /** Sets how long upstream tokens issued from now on are valid, at least a second; 30 minutes unless set. */
    public void upstreamTokenLifetime(Duration lifetime) {
        context.getBean(InMemoryRegisteredClientRepository.class).save(TokenServerSetup.upstreamClient(lifetime));
    }

    @Override
    public void close() {
        context.close();
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
