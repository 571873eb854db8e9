package dev.deprovisioner.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes and checks what shows that an entry is as it was sealed, and that a process of the service wrote it.
 *
 * @param key for HMAC-SHA-256; null for plain SHA-256
 */
record SealingKey(@Nullable SecretKeySpec key) {

    static final SealingKey NONE = new SealingKey(null);

    private static final String HMAC = "HmacSHA256";
    private static final int ID_LENGTH = 16;
    private static final int NONCE_BYTES = 16;

    /** No text that a hash is made of begins so: those are JSON objects. */
    private static final String MAC_CONTEXT = "scim-deprovisioner audit entry ";

    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param base64 of the key */
    static SealingKey of(String base64) {
        return new SealingKey(new SecretKeySpec(Base64.getDecoder().decode(base64), HMAC));
    }

    /** Identifies the key without revealing it; null if there is no key. */
    @Nullable
    String id() {
        return key == null
                ? null
                : digest("scim-deprovisioner audit key".getBytes(UTF_8)).substring(0, ID_LENGTH);
    }

    /** The entry as it stands in the chain after this head. */
    AuditEntry seal(AuditEntry entry, ChainHead head) {
        var placed = entry.after(head, contentHash(entry));
        return placed.withHash(digest(HashedText.link(placed)));
    }

    /** Whether the entry's hash was made with this key; its content hash is looked at by {@link #contentHash}. */
    boolean hasSealed(AuditEntry entry) {
        return HashedText.sealed(entry).stream().anyMatch(text -> digest(text).equals(entry.hash()));
    }

    /** Needs no key. */
    static String contentHash(AuditEntry entry) {
        return NONE.digest(HashedText.content(entry));
    }

    /** Shows that a process with this key wrote the entry: a random value, and an HMAC over it and the content; null without a key. */
    @Nullable
    String mac(AuditEntry entry) {
        if (key == null) {
            return null;
        }
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return mac(contentHash(entry), HexFormat.of().formatHex(nonce));
    }

    private String mac(@Nullable String contentHash, String nonce) {
        return nonce + digest((MAC_CONTEXT + nonce + contentHash).getBytes(UTF_8));
    }

    /** @param mac null if the entry has none */
    boolean hasWritten(@Nullable String contentHash, @Nullable String mac) {
        int end = 2 * NONCE_BYTES;
        return key != null && mac != null && mac.length() > end && mac.equals(mac(contentHash, mac.substring(0, end)));
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
