package dev.deprovisioner.testbed;

import static org.springframework.security.config.Customizer.withDefaults;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.crypto.password.NoOpPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The beans of a {@link TokenServer}. It bears no stereotype, so the product's component scan passes it by, and imports
 * only what a token endpoint needs.
 */
@EnableWebSecurity
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class,
    OAuth2AuthorizationServerJwtAutoConfiguration.class
})
class TokenServerSetup {

    /** What the ids of the clients for the upstream begin with. */
    static final String UPSTREAM = "upstream-";

    static final String PORTAL = "portal";
    static final String APPROVER = "approver";

    private static final List<String> UPSTREAM_SCOPES =
            List.of("scim:group:read", "scim:group:write", "scim:group:delete");
    private static final List<String> CALLER_SCOPES = List.of(
            "deprovision:read",
            "deprovision:write",
            "deprovision:approve",
            "deprovision:restore",
            "audit:read",
            "webhook:manage",
            "upstream:read");

    @Bean
    SecurityFilterChain tokenEndpoint(HttpSecurity http) {
        return http.oauth2AuthorizationServer(withDefaults())
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .build();
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings() {
        return AuthorizationServerSettings.builder().build();
    }

    @Bean
    InMemoryRegisteredClientRepository clients() {
        return new InMemoryRegisteredClientRepository(caller(PORTAL), caller(APPROVER));
    }

    @Bean
    UpstreamTokens upstreamTokens() {
        return new UpstreamTokens();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> audience() {
        return context -> context.getClaims().audience(List.of("deprovisioner"));
    }

    @Bean
    @SuppressWarnings("deprecation") // A hash would cost each token request some 100 ms.
    PasswordEncoder passwordEncoder() {
        return NoOpPasswordEncoder.getInstance();
    }

    /** Its tokens are opaque, as those of real upstreams are. */
    static RegisteredClient upstreamClient(String id, Duration tokenLifetime) {
        TokenSettings tokens = TokenSettings.builder()
                .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                .accessTokenTimeToLive(tokenLifetime)
                .build();
        return client(id, UPSTREAM_SCOPES, tokens);
    }

    static String secretOf(String clientId) {
        return clientId + "-secret";
    }

    private static RegisteredClient caller(String id) {
        return client(id, CALLER_SCOPES, TokenSettings.builder().build());
    }

    private static RegisteredClient client(String id, List<String> scopes, TokenSettings tokens) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(secretOf(id))
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(set -> set.addAll(scopes))
                .tokenSettings(tokens)
                .build();
    }
}
