package dev.deprovisioner.audit;

import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditEntry.Status;
import dev.deprovisioner.audit.AuditEntry.Subject;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Made-up sealed entries: some trails without a key, some with one from somewhere on, or from the beginning. */
record Trail(long seed, List<SealingKey> keys, List<AuditEntry> entries) {

    static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    static final Caller AUDITOR = new Caller("auditor");
    private static final List<String> TEXTS =
            List.of("plain", "größe …", "It's \"over\"\\", "日本 🎉", "tab\tline\n\u001f\u007f", "<&>/", "");

    /** What JSON writers put in different ways, and names that they sort differently. */
    private static final Map<String, @Nullable Object> NUMBERS = Map.of(
            "one",
            1.0,
            "small",
            List.of(1e-6, 1e-7, -2.5e-9, -0.0),
            "large",
            List.of(1e20, 1e21, 1.5e300, 123_456_789.25),
            "integers",
            List.of(1L << 53, new BigInteger("123456789012345678901234567890"), -7),
            "\uffff",
            true,
            "🎉",
            "after it in Unicode, before it in UTF-16");

    static Trail random(long seed) {
        var random = new Random(seed);
        int size = 20 + random.nextInt(10);
        return switch (random.nextInt(3)) {
            case 0 -> keyed(seed, size + 1);
            case 1 -> keyed(seed, random.nextInt(size));
            default -> keyed(seed, 0);
        };
    }

    /** @param plain how many entries were sealed before there was a key */
    static Trail keyed(long seed, int plain) {
        var random = new Random(seed);
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var key = SealingKey.of(Base64.getEncoder().encodeToString(bytes));
        var trail = new Trail(seed, List.of(key), List.of());
        for (int i = 0; i < 20 + seed % 10; i++) {
            trail = trail.then(entry(random, i % 7 == 3 ? NUMBERS : null), i < plain ? SealingKey.NONE : key);
        }
        return trail;
    }

    static AuditEntry entry(Random random) {
        return entry(random, null);
    }

    private static AuditEntry entry(Random random, @Nullable Map<String, @Nullable Object> details) {
        var subject = new Subject(
                new DeprovisionId(new UUID(random.nextLong(), random.nextLong())),
                new GroupId("group-" + random.nextInt(5) + "ü"),
                new Caller("portal"),
                random.nextBoolean() ? text(random) : null,
                text(random));
        return subject.entry(
                BEGIN.plusMillis(random.nextInt(1_000_000)),
                oneOf(List.of(Action.values()), random),
                oneOf(List.of(Status.values()), random),
                random.nextInt(10_000),
                text(random),
                random.nextBoolean(),
                new AuditEntry.Result(
                        random.nextBoolean() ? "DELETED" : null,
                        random.nextBoolean() ? random.nextInt(500) : null,
                        details));
    }

    private static <T> T oneOf(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static @Nullable String text(Random random) {
        return random.nextBoolean() ? null : oneOf(TEXTS, random);
    }

    private Trail then(AuditEntry next, SealingKey key) {
        var more = new ArrayList<>(entries);
        more.add(key.seal(next, head()));
        return new Trail(seed, keys, List.copyOf(more));
    }

    /** With an entry that the first so many were purged, and one more. */
    Trail thenPurged(int sequence) {
        return thenPurge(sequence, headAt(sequence).hash());
    }

    Trail thenPurge(int sequence, String hash) {
        return then(AuditEntry.purge(BEGIN, sequence, hash), keys.getFirst())
                .then(entry(new Random(seed)), keys.getFirst());
    }

    /** As another role could make them that has no key: each follows the one before it. */
    Trail withPlainTailAfter(int sequence) {
        var forged = new Trail(seed, keys, entries.subList(0, sequence));
        for (var entry : entries.subList(sequence, entries.size())) {
            forged = forged.then(entry.content(), SealingKey.NONE);
        }
        return forged;
    }

    /** Of these entries, the one that the database would find. */
    static Optional<AuditEntry> lastPurge(List<AuditEntry> entries, ChainHead through) {
        return entries.stream()
                .filter(entry ->
                        Objects.requireNonNullElse(entry.purgedSequence(), Long.MAX_VALUE) <= through.sequence())
                .max(Comparator.comparing(AuditEntry::purgedSequence)
                        .thenComparing(entry -> through.hash().equals(entry.purgedHash())));
    }

    /** Seals as a process with the current key does. */
    AuditEntry seal(AuditEntry entry, ChainHead before) {
        return keys.getFirst().seal(entry, before);
    }

    ChainHead head() {
        return entries.isEmpty() ? ChainHead.NONE : headAt(entries.size());
    }

    ChainHead headAt(int sequence) {
        var hash = entries.get(sequence - 1).hash();
        return new ChainHead(sequence, Objects.requireNonNull(hash), null);
    }

    long sequence(AuditEntry entry) {
        return Objects.requireNonNull(entry.sequence());
    }

    @Override
    public String toString() {
        return "-Daudit.seed=" + seed;
    }
}
