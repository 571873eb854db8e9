package dev.deprovisioner.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tokens as an issuer makes them, and as others try to. */
final class SignedTokens {

    static final String ISSUER = "https://login.example.com";
    static final RSAKey KEY = key("k1");
    static final RSAKey IMPOSTOR = key("k1");
    static final RSAKey ROTATED = key("k2");

    private SignedTokens() {}

    static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("deprovisioner")
                .subject("2f1c")
                .claim("client_id", "portal")
                .claim("scope", "audit:read")
                .expirationTime(in(Duration.ofMinutes(5)));
    }

    static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    static String signed(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(JWSAlgorithm.RS256, KEY, change.apply(claims()).build(), rsa(KEY));
    }

    static String signed(RSAKey key) {
        return signed(JWSAlgorithm.RS256, key, claims().build(), rsa(key));
    }

    static String signed(JWSAlgorithm algorithm, JWSSigner signer) {
        return signed(algorithm, KEY, claims().build(), signer);
    }

    /** @param type null for none */
    static String ofType(@Nullable String type) {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID());
        return signed(
                type == null
                        ? header.build()
                        : header.type(new JOSEObjectType(type)).build(),
                claims().build(),
                rsa(KEY));
    }

    static String signed(JWSAlgorithm algorithm, RSAKey named, JWTClaimsSet claims, JWSSigner signer) {
        var header = new JWSHeader.Builder(algorithm)
                .type(JOSEObjectType.JWT)
                .keyID(named.getKeyID())
                .build();
        return signed(header, claims, signer);
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String unsignedWithSignature() {
        var good = signed(claims -> claims);
        return new PlainJWT(claims().build()).serialize() + good.substring(good.lastIndexOf('.') + 1);
    }

    static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWSSigner rsa(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWSSigner hmac(byte[] secret) {
        try {
            return new MACSigner(secret);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] publicKey() {
        try {
            return KEY.toRSAPublicKey().getEncoded();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] pem() {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(publicKey());
        return ("-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n").getBytes(UTF_8);
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
