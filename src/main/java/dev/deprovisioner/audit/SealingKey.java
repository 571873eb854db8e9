package dev.deprovisioner.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.erdtman.jcs.JsonCanonicalizer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the hash of an entry: over its canonical JSON (RFC 8785), which leaves only one way to write it down.
 *
 * @param key for HMAC-SHA-256; null for plain SHA-256
 */
record SealingKey(@Nullable SecretKeySpec key) {

    static final SealingKey NONE = new SealingKey(null);

    private static final String HMAC = "HmacSHA256";
    private static final int ID_LENGTH = 16;

    /** @param base64 of the key */
    static SealingKey of(String base64) {
        return new SealingKey(new SecretKeySpec(Base64.getDecoder().decode(base64), HMAC));
    }

    /** Tells keys apart and gives none away; null for none. */
    @Nullable
    String id() {
        return key == null
                ? null
                : digest("scim-deprovisioner audit key".getBytes(UTF_8)).substring(0, ID_LENGTH);
    }

    /** @param entry whatever hash it has is left out */
    String hash(AuditEntry entry) {
        return digest(canonical(entry));
    }

    static byte[] canonical(AuditEntry entry) {
        try {
            return new JsonCanonicalizer(AuditTrail.line(entry.withHash(null))).getEncodedUTF8();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(key == null ? sha256(bytes) : hmac(bytes, key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static byte[] hmac(byte[] bytes, SecretKeySpec key) throws GeneralSecurityException {
        var mac = Mac.getInstance(HMAC);
        mac.init(key);
        return mac.doFinal(bytes);
    }
}
