package dev.deprovisioner.audit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks a chain or a part of it, entry by entry in the order of their sequences. It stops at the first entry that is
 * wrong, because the entries after that prove nothing. docs/audit.md has a script that checks the same from outside.
 */
final class ChainCheck {

    private final List<SealingKey> keys;
    private final Function<ChainHead, Optional<AuditEntry>> purges;

    /** The entry before the first that is checked here: checked earlier, purged, or none. */
    private ChainHead begin = ChainHead.NONE;

    private ChainHead last = ChainHead.NONE;
    private boolean keyed;
    private long entries;
    private @Nullable Broken broken;

    /** The sequence of the entry that says why the chain does not begin with the first; null if it does. */
    private @Nullable Long purge;

    /**
     * @param keys that may have sealed; plain entries are taken only before the first that has one
     * @param purges finds the PURGE entry that went furthest, but not beyond this entry, and that names its hash if one does
     */
    ChainCheck(List<SealingKey> keys, Function<ChainHead, Optional<AuditEntry>> purges) {
        this.keys = keys;
        this.purges = purges;
    }

    /** @param sequence of the first entry that is not what, or where, it was when it was sealed */
    record Broken(long sequence, String detail) {}

    /**
     * @param entries how many are as they were sealed: all that were checked, or those before the first that is broken
     * @param next the last that was checked, if there are more; else null
     * @param purge sequence of the entry that says of the beginning that it was purged; null if it was not
     */
    record Result(
            long entries,
            @Nullable Broken broken,
            @Nullable ChainHead next,
            @Nullable Long purge) {

        Result(long entries, @Nullable Broken broken) {
            this(entries, broken, null, null);
        }
    }

    /**
     * Continues after the last entry of an earlier check. That entry is checked again, because its key decides whether later
     * entries need a key.
     */
    void resume(ChainHead after, Optional<AuditEntry> found) {
        begin = after;
        last = after;
        broken = found.filter(entry -> Objects.equals(entry.sequence(), after.sequence()))
                .map(entry -> wrongAgain(entry, after))
                .orElseGet(() -> Optional.of(missing(after.sequence())))
                .orElse(null);
    }

    private Optional<Broken> wrongAgain(AuditEntry entry, ChainHead after) {
        return after.hash().equals(entry.hash())
                ? Optional.ofNullable(wrongInItself(entry, after.sequence()))
                : Optional.of(new Broken(after.sequence(), "Its hash is not what it was."));
    }

    private static Broken missing(long sequence) {
        return new Broken(sequence, "The entry is missing.");
    }

    void accept(AuditEntry entry) {
        if (broken == null) {
            broken = wrong(entry, Objects.requireNonNull(entry.sequence()));
            entries += broken == null ? 1 : 0;
        }
    }

    boolean isBroken() {
        return broken != null;
    }

    ChainHead last() {
        return last;
    }

    private @Nullable Broken wrong(AuditEntry entry, long sequence) {
        if (sequence < 1) {
            return new Broken(sequence, "No entry was sealed before the first.");
        }
        if (last.sequence() == 0 && sequence > 1) {
            begin = new ChainHead(sequence - 1, Objects.requireNonNullElse(entry.previousHash(), ""), null);
            last = begin;
            var unexplained = unexplained();
            if (unexplained != null) {
                return unexplained;
            }
        }
        if (sequence != last.sequence() + 1) {
            return new Broken(Math.min(sequence, last.sequence() + 1), "The entry is missing, moved or repeated.");
        }
        if (!last.hash().equals(entry.previousHash())) {
            return new Broken(sequence, "It does not follow the entry before it.");
        }
        var wrong = wrongInItself(entry, sequence);
        if (wrong == null) {
            last = new ChainHead(sequence, Objects.requireNonNull(entry.hash()), null);
        }
        return wrong;
    }

    /** The fault of a beginning that is neither the first entry nor explained by a purge; null if there is none. */
    private @Nullable Broken unexplained() {
        var found = purges.apply(begin);
        purge = found.map(AuditEntry::sequence).orElse(null);
        long purged = found.map(AuditEntry::purgedSequence).orElse(0L);
        if (purged < begin.sequence()) {
            return new Broken(purged + 1, "The entry is missing, and no PURGE entry says why.");
        }
        return found.map(AuditEntry::purgedHash).filter(begin.hash()::equals).isPresent()
                ? null
                : new Broken(begin.sequence() + 1, "It does not follow the entry that was purged.");
    }

    private @Nullable Broken wrongInItself(AuditEntry entry, long sequence) {
        if (entry.format() != null && entry.format() != AuditEntry.FORMAT) {
            return new Broken(sequence, "It was sealed by rules that this version does not know.");
        }
        return hasItsContent(entry) && isSealed(entry)
                ? null
                : new Broken(sequence, "Its hash is not that of its content.");
    }

    private static boolean hasItsContent(AuditEntry entry) {
        var hash = entry.contentHash();
        return hash == null || hash.equals(SealingKey.contentHash(entry));
    }

    private boolean isSealed(AuditEntry entry) {
        if (keys.stream().anyMatch(key -> key.hasSealed(entry))) {
            keyed = true;
            return true;
        }
        return !keyed && SealingKey.NONE.hasSealed(entry);
    }

    /** The result of a check that stops before the end of the chain. */
    Result pause() {
        return new Result(entries, null, last, purge);
    }

    /** @param head what the chain's end is said to be */
    Result end(ChainHead head) {
        if (broken == null) {
            broken = wrongWith(head);
        }
        return broken == null
                ? new Result(entries, null, null, purge)
                : new Result(Math.max(0, Math.max(1, broken.sequence()) - 1 - begin.sequence()), broken);
    }

    private @Nullable Broken wrongWith(ChainHead head) {
        if (last.sequence() < head.sequence()) {
            return missing(last.sequence() + 1);
        }
        return last.sequence() == head.sequence() && last.hash().equals(head.hash())
                ? null
                : new Broken(last.sequence(), "It is not the entry that was sealed last.");
    }
}
