package dev.deprovisioner.audit;

import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param hmacKeys The keys that seal entries, each the base64 of 32 to 64 bytes. Only a process with the key can continue
 *     the chain. The first key of the list seals; the keys after it are earlier ones, which verify older entries. Plain
 *     SHA-256 while there is none. A chain that was once sealed with a key goes on only with one that is listed.
 * @param retention How long sealed entries are kept, at least 1d; then they are purged, with an entry that says so. For
 *     ever unless set.
 */
@ConfigurationProperties("deprovisioner.audit")
record AuditProperties(
        @DefaultValue List<String> hmacKeys, @Nullable Duration retention) {

    private static final Duration SHORTEST = Duration.ofDays(1);
    private static final int MIN_BYTES = 32;
    private static final int MAX_BYTES = 64;

    AuditProperties {
        hmacKeys = hmacKeys.stream().filter(key -> !key.isBlank()).toList();
        if (!hmacKeys.stream().allMatch(AuditProperties::isKey)) {
            throw new InvalidSetting(
                    "deprovisioner.audit.hmac-keys must be the base64 of 32 to 64 bytes each.",
                    "Set it to, for example, the output of \"openssl rand -base64 32\".");
        }
        if (retention != null && retention.compareTo(SHORTEST) < 0) {
            throw new InvalidSetting(
                    "deprovisioner.audit.retention must be at least 1d.", "Set it to, for example, 3650d.");
        }
    }

    private static boolean isKey(String text) {
        try {
            int length = Base64.getDecoder().decode(text).length;
            return length >= MIN_BYTES && length <= MAX_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The one that seals. */
    SealingKey current() {
        return hmacKeys.isEmpty() ? SealingKey.NONE : SealingKey.of(hmacKeys.getFirst());
    }

    List<SealingKey> keys() {
        return hmacKeys.stream().map(SealingKey::of).toList();
    }

    /** Whether this process may go on with a chain, and verify it. */
    boolean knows(ChainHead head) {
        return Stream.concat(Stream.of(SealingKey.NONE), keys().stream())
                .anyMatch(key -> Objects.equals(key.id(), head.keyId()));
    }

    /** Whether a process with one of the keys wrote the entry that has this content; null if there is no key. */
    @Nullable
    Boolean hasWritten(@Nullable String contentHash, @Nullable String mac) {
        return hmacKeys.isEmpty() ? null : keys().stream().anyMatch(key -> key.hasWritten(contentHash, mac));
    }

    @Override
    public String toString() {
        return "AuditProperties[retention=" + retention + "]";
    }
}
