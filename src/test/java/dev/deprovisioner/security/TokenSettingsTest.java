package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import dev.deprovisioner.setting.InvalidSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/** Spring Boot's settings for tokens are honoured, or refused with their names. */
class TokenSettingsTest {

    private static final String PREFIX = "spring.security.oauth2.resourceserver.";

    private final Map<String, Object> settings = new HashMap<>(
            Map.of(PREFIX + "jwt.audiences", "deprovisioner", PREFIX + "jwt.issuer-uri", "https://login.example.com"));

    private TokenSettings bind() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("file", settings));
        ConfigurationPropertySources.attach(environment);
        return new TokenSettings(
                Binder.get(environment)
                        .bindOrCreate(PREFIX.substring(0, PREFIX.length() - 1), OAuth2ResourceServerProperties.class),
                environment);
    }

    @Test
    void leavesTheAlgorithmsToTheKeysThatTheMetadataLeadsTo() {
        assertThat(bind().algorithms()).contains(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256);
    }

    @Test
    void takesTheAlgorithmsThatAreSet() {
        settings.put(PREFIX + "jwt.jws-algorithms", "ES256,PS512");
        assertThat(bind().algorithms()).containsExactly(SignatureAlgorithm.ES256, SignatureAlgorithm.PS512);
    }

    @Test
    void takesRs256ForAKeySetOfItsOwnAddress() {
        settings.put(PREFIX + "jwt.jwk-set-uri", "https://login.example.com/keys");
        assertThat(bind().algorithms()).containsExactly(SignatureAlgorithm.RS256);
    }

    @Test
    void takesTheSameClaimByEitherName() {
        settings.put(PREFIX + "jwt.principal-claim-name", "azp");
        settings.put("deprovisioner.security.principal-claim", "azp");
        assertThat(bind().principalClaim()).isEqualTo("azp");
    }

    @ParameterizedTest
    @CsvSource({
        "jwt.jws-algorithms,                HS256,               jwt.jws-algorithms has an algorithm",
        "jwt.jws-algorithms,                none,                jwt.jws-algorithms has an algorithm",
        "jwt.audiences,                     '',                  jwt.audiences is empty",
        "jwt.audience,                      other,               jwt.audience is unknown",
        "jwt.issuer-url,                    https://x,           jwt.issuer-url is unknown",
        "jwt.principal-claim-name,          azp,                 jwt.principal-claim-name name two claims",
        "jwt.public-key-location,           file:/nowhere.pem,   jwt.public-key-location has no RSA public key",
        "jwt.jwk-set-uri,                   https://u:c4nary@x/, jwt.jwk-set-uri must be",
        "jwt.issuer-uri,                    login.example.com,   jwt.issuer-uri must be",
        "jwt.issuer-uri,                    https://c4nary@x/,   jwt.issuer-uri must be",
        "jwt.authorities-claim,             roles,               jwt.authorities-claim is unknown",
        "opaquetoken.introspection-uri,     https://x/,          opaquetoken is set"
    })
    void refusesWhatCannotBeHonoured(String name, String value, String reason) {
        settings.put("deprovisioner.security.principal-claim", "client_id");
        settings.put(PREFIX + "jwt.principal-claim-name", "client_id");
        settings.put(PREFIX + name, value);
        assertThatThrownBy(() -> bind().publicKey())
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining(PREFIX + reason)
                .hasMessageNotContaining("c4nary");
    }

    @Test
    void refusesTwoSourcesOfKeys() {
        settings.put(PREFIX + "jwt.jwk-set-uri", "https://login.example.com/keys");
        settings.put(PREFIX + "jwt.public-key-location", "file:/key.pem");
        assertThatThrownBy(this::bind)
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("public-key-location and")
                .hasMessageContaining("are both set");
    }

    @Test
    void takesAFixedKeyBesideTheIssuer(@TempDir Path directory) throws IOException, JOSEException {
        var file = Files.write(directory.resolve("key.pem"), SignedTokens.pem());
        settings.put(PREFIX + "jwt.public-key-location", "file:" + file);
        var bound = bind();
        assertThat(Objects.requireNonNull(bound.publicKey()).toRSAPublicKey())
                .isEqualTo(SignedTokens.KEY.toRSAPublicKey());
        assertThat(bound.issuer()).isEqualTo("https://login.example.com");
        assertThat(bound.algorithms()).containsExactly(SignatureAlgorithm.RS256);
    }

    @Test
    void refusesAnAlgorithmThatDoesNotFitTheFixedKey() {
        settings.put(PREFIX + "jwt.public-key-location", "file:/key.pem");
        settings.put(PREFIX + "jwt.jws-algorithms", "ES256");
        assertThatThrownBy(this::bind).hasMessageContaining("jws-algorithms does not fit the key");
    }
}
