package dev.deprovisioner.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a delivery as Standard Webhooks 1.0 says: {@code v1,} and the HMAC-SHA256 of {@code id.timestamp.body}. */
final class Signature {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    static boolean isSecret(String secret) {
        try {
            int bytes = key(secret).length;
            return secret.startsWith(PREFIX) && bytes >= 24 && bytes <= 64;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** One signature a secret, separated by spaces, so that a receiver may know either while they rotate. */
    static String of(String id, Instant timestamp, String body, List<String> secrets) {
        var content = id + "." + timestamp.getEpochSecond() + "." + body;
        return secrets.stream()
                .map(secret -> "v1," + hmac(key(secret), content))
                .collect(Collectors.joining(" "));
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring(Math.min(PREFIX.length(), secret.length())));
    }

    private static String hmac(byte[] key, String content) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
