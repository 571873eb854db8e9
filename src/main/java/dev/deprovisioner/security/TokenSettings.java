package dev.deprovisioner.security;

import com.nimbusds.jose.jwk.RSAKey;
import dev.deprovisioner.setting.InvalidSetting;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.stereotype.Component;

/** Spring Boot's settings for callers' tokens. What is set has its effect, or the start ends with a sentence. */
@Component
final class TokenSettings {

    private static final String PREFIX = "spring.security.oauth2.resourceserver.";
    private static final String JWT = PREFIX + "jwt.";
    private static final String OUR_CLAIM = "deprovisioner.security.principal-claim";

    private final OAuth2ResourceServerProperties.Jwt settings;
    private final Binder binder;

    TokenSettings(OAuth2ResourceServerProperties settings, Environment environment) {
        this.settings = settings.getJwt();
        this.binder = Binder.get(environment);
        requireKnownNames();
        requireOneSourceOfKeys();
        requireOneClaim();
        requireAddress("issuer-uri", this.settings.getIssuerUri());
        requireAddress("jwk-set-uri", this.settings.getJwkSetUri());
        require(
                settings.getOpaquetoken().getIntrospectionUri() == null,
                PREFIX + "opaquetoken is set, but callers' tokens must be JWTs.",
                "Remove it, and set " + JWT + "issuer-uri.");
        require(
                audiences().stream().anyMatch(audience -> !audience.isBlank()),
                JWT + "audiences is empty: tokens for any other service would be accepted.",
                "Set it to the audience of the tokens, by default deprovisioner.");
        requireAlgorithmsOfTheKey();
    }

    private void requireAlgorithmsOfTheKey() {
        require(
                algorithms().stream().noneMatch(each -> each.getName().startsWith("ES"))
                        || settings.getPublicKeyLocation() == null,
                JWT + "jws-algorithms does not fit the key of public-key-location, which is an RSA key.",
                "Set it to, for example, RS256.");
    }

    private void requireKnownNames() {
        try {
            binder.bind(
                    JWT.substring(0, JWT.length() - 1),
                    Bindable.of(OAuth2ResourceServerProperties.Jwt.class),
                    new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
        } catch (BindException e) {
            if (e.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
                throw new InvalidSetting(
                        unknown.getUnboundProperties().stream()
                                .map(property -> property.getName() + " is unknown.")
                                .collect(Collectors.joining(" ")),
                        "Correct or remove it; docs/api.md lists the settings for callers' tokens.");
            }
            throw e;
        }
    }

    private void requireOneSourceOfKeys() {
        require(
                settings.getPublicKeyLocation() == null || !isSet(settings.getJwkSetUri()),
                JWT + "public-key-location and " + JWT + "jwk-set-uri are both set.",
                "Set only one of them: a fixed key, or a key set that may change.");
    }

    private static void requireAddress(String name, @Nullable String address) {
        require(
                address == null || address.isBlank() || address.matches("(?i)https?://[^/?#@\\s]+([/?#]\\S*)?"),
                JWT + name + " must be an absolute http(s) URL without a user and a password.",
                "Set it to, for example, https://login.example.com/realms/portals.");
    }

    private void requireOneClaim() {
        var ours = binder.bind(OUR_CLAIM, String.class).orElse("");
        require(
                !isSet(ours) || ours.equals(principalClaim()),
                OUR_CLAIM + " and " + JWT + "principal-claim-name name two claims for the caller.",
                "Set only one of them; they mean the same.");
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static void require(boolean valid, String what, String remedy) {
        if (!valid) {
            throw new InvalidSetting(what, remedy);
        }
    }

    /** The claim that names the caller. */
    String principalClaim() {
        var claim = settings.getPrincipalClaimName();
        return claim == null || claim.isBlank() ? "sub" : claim;
    }

    /** One of them must be in the token. */
    List<String> audiences() {
        return settings.getAudiences();
    }

    @Nullable
    String issuer() {
        return isSet(settings.getIssuerUri()) ? settings.getIssuerUri() : null;
    }

    @Nullable
    String keySet() {
        return isSet(settings.getJwkSetUri()) ? settings.getJwkSetUri() : null;
    }

    /** The names of the algorithms that tokens may be signed with; each key allows those of its own kind. */
    Set<SignatureAlgorithm> algorithms() {
        // Without the setting, the keys that the issuer's metadata leads to decide.
        if (keySet() == null && settings.getPublicKeyLocation() == null && !areAlgorithmsSet()) {
            return Set.of(SignatureAlgorithm.values());
        }
        var algorithms = new LinkedHashSet<SignatureAlgorithm>();
        for (var name : settings.getJwsAlgorithms()) {
            var algorithm = SignatureAlgorithm.from(name);
            if (algorithm == null) {
                throw new InvalidSetting(
                        JWT + "jws-algorithms has an algorithm that tokens cannot be signed with here.",
                        "Set it to one or more of " + known() + ".");
            }
            algorithms.add(algorithm);
        }
        require(!algorithms.isEmpty(), JWT + "jws-algorithms is empty.", "Set it to, for example, RS256.");
        return algorithms;
    }

    private boolean areAlgorithmsSet() {
        return binder.bind(JWT + "jws-algorithms", Bindable.listOf(String.class))
                .isBound();
    }

    private static String known() {
        return Arrays.stream(SignatureAlgorithm.values())
                .map(SignatureAlgorithm::getName)
                .collect(Collectors.joining(", "));
    }

    /** Returns the fixed key that tokens are signed with, null if the keys come from the issuer. */
    @Nullable
    RSAKey publicKey() {
        if (settings.getPublicKeyLocation() == null) {
            return null;
        }
        try {
            return new RSAKey.Builder(read(settings.readPublicKey())).build();
        } catch (IOException
                | GeneralSecurityException
                | IllegalArgumentException
                | InvalidConfigurationPropertyValueException e) {
            throw new InvalidSetting(
                    JWT + "public-key-location has no RSA public key that can be read.",
                    "Set it to a file such as file:/etc/issuer.pem, which begins with BEGIN PUBLIC KEY.");
        }
    }

    private static RSAPublicKey read(String pem) throws GeneralSecurityException {
        var base64 = pem.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "");
        var key = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(key);
    }
}
