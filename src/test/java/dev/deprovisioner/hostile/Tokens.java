package dev.deprovisioner.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.deprovisioner.testbed.TokenServer;
import java.io.IOException;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;

/** The one token that opens every route, and many that must open none. */
final class Tokens {

    private final String valid;
    private final List<String> impostors;

    Tokens(TokenServer server) {
        this.valid = server.callerToken(
                "deprovision:read", "deprovision:write", "audit:read", "webhook:manage", "upstream:read");
        try {
            var claims = SignedJWT.parse(valid).getJWTClaimsSet();
            var key =
                    JWKSet.load(server.jwkSetUri().toURL()).getKeys().getFirst().toRSAKey();
            var other = new RSAKeyGenerator(2048).keyID(key.getKeyID()).generate();
            this.impostors = List.of(
                    new PlainJWT(claims).serialize(),
                    new PlainJWT(claims).serialize() + valid.substring(valid.lastIndexOf('.') + 1),
                    signed(JWSAlgorithm.RS256, key, claims, new RSASSASigner(other)),
                    signed(
                            JWSAlgorithm.HS256,
                            key,
                            claims,
                            new MACSigner(key.toRSAPublicKey().getEncoded())),
                    signed(
                            JWSAlgorithm.HS256,
                            key,
                            claims,
                            new MACSigner(key.getModulus().decode())),
                    altered(3, "x"),
                    altered(valid.length() / 2, "x"),
                    altered(valid.length() - 20, "x"));
        } catch (IOException | ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWSAlgorithm algorithm, RSAKey named, JWTClaimsSet claims, JWSSigner signer)
            throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(named.getKeyID()).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private String altered(int at, String by) {
        return valid.substring(0, at) + by + by + by + valid.substring(at + 3);
    }

    String valid() {
        return valid;
    }

    /** The value of an {@code Authorization} header that opens nothing. */
    String unusable(Dice dice) {
        return dice.made(
                () -> "Bearer " + dice.oneOf(impostors),
                () -> "Bearer " + valid.substring(0, dice.below(valid.length() - 1)),
                () -> "Bearer " + dice.oneOf(valid + "x", valid + "." + valid, valid + " " + valid, "a " + valid),
                () -> "Bearer " + "x".repeat(8 * 1024 + dice.below(5000)),
                () -> "Bearer " + valid.repeat(2) + "x".repeat(9000 - Math.min(9000, 2 * valid.length())),
                () -> "Bearer " + claiming(dice) + "." + base64("{\"sub\":\"" + Forgery.escaped(dice) + "\"}") + ".eA",
                () -> dice.oneOf("Bearer ", "DPoP ", "Digest ") + Forgery.inHeader(dice),
                () -> dice.oneOf("Bearer", "Bearer ", "Basic " + base64("portal:portal"), valid, "Token " + valid, ""),
                () -> "Bearer " + new String(dice.bytes(1 + dice.below(60)), UTF_8).replaceAll("\\p{Cntrl}", "~"));
    }

    private static String claiming(Dice dice) {
        return base64(dice.oneOf(
                "{\"alg\":\"RS256\",\"kid\":\"" + Forgery.escaped(dice) + "\"}",
                "{\"alg\":\"" + Forgery.escaped(dice) + "\"}",
                "{\"alg\":\"RS256\",\"jku\":\"http://127.0.0.1:1/\",\"kid\":\"x\"}",
                "{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"RS256\",\"x\":" + "[".repeat(600) + "]".repeat(600) + "}",
                "{\"alg\":null}",
                "[]",
                "{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}"));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
