package dev.deprovisioner.audit;

import dev.deprovisioner.audit.AuditEntry.Action;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks a chain, entry by entry in the order of their sequences. What comes after the first entry that is wrong proves
 * nothing and is not looked at. docs/audit.md has a script that checks the same from outside.
 */
final class ChainCheck {

    private final List<SealingKey> keys;
    private ChainHead last = ChainHead.NONE;
    private boolean keyed;
    private long entries;
    private @Nullable Broken broken;

    /** What the first entry says of the one before it, which is gone; null if the chain is there from its beginning. */
    private @Nullable ChainHead claimed;

    /** The last of the entries whose purge is on record, as far as that is before the first that is left. */
    private long purged;

    private boolean vouched;

    /** @param keys that may have sealed; plain entries are taken only before the first that has one */
    ChainCheck(List<SealingKey> keys) {
        this.keys = keys;
    }

    /** @param sequence of the first entry that is not what, or where, it was when it was sealed */
    record Broken(long sequence, String detail) {}

    /** @param entries how many are as they were sealed: all, or those before the first that is broken */
    record Result(long entries, @Nullable Broken broken) {}

    /** @return whether the next entry is worth looking at */
    boolean accepts(AuditEntry entry) {
        if (broken == null) {
            broken = wrong(entry, Objects.requireNonNull(entry.sequence()));
        }
        if (broken == null) {
            entries++;
        }
        return broken == null;
    }

    private @Nullable Broken wrong(AuditEntry entry, long sequence) {
        if (sequence < 1) {
            return new Broken(sequence, "No entry was sealed before the first.");
        }
        if (entries == 0 && sequence > 1) {
            claimed = new ChainHead(sequence - 1, Objects.requireNonNullElse(entry.previousHash(), ""), null);
            last = claimed;
        }
        if (sequence != last.sequence() + 1) {
            return new Broken(Math.min(sequence, last.sequence() + 1), "The entry is missing, moved or repeated.");
        }
        if (!last.hash().equals(entry.previousHash())) {
            return new Broken(sequence, "It does not follow the entry before it.");
        }
        if (entry.format() != null && entry.format() != AuditEntry.FORMAT) {
            return new Broken(sequence, "It was sealed by rules that this version does not know.");
        }
        if (!hasItsContent(entry) || !isSealed(entry)) {
            return new Broken(sequence, "Its hash is not that of its content.");
        }
        last = new ChainHead(sequence, Objects.requireNonNull(entry.hash()), null);
        vouch(entry);
        return null;
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

    private void vouch(AuditEntry entry) {
        var before = claimed;
        var through = entry.purgedSequence();
        if (before != null && entry.tellsOf(Action.PURGE) && through != null && through <= before.sequence()) {
            purged = Math.max(purged, through);
            vouched |= through == before.sequence() && before.hash().equals(entry.purgedHash());
        }
    }

    /** @param head what the chain's end is said to be */
    Result end(ChainHead head) {
        if (broken == null) {
            broken = wrongWith(head);
        }
        return new Result(broken == null ? entries : before(broken), broken);
    }

    private long before(Broken first) {
        long gone = claimed == null ? 0 : claimed.sequence();
        return Math.max(0, Math.max(1, first.sequence()) - 1 - gone);
    }

    private @Nullable Broken wrongWith(ChainHead head) {
        if (claimed != null && !vouched) {
            return purged < claimed.sequence()
                    ? new Broken(purged + 1, "The entry is missing, and no PURGE entry says why.")
                    : new Broken(claimed.sequence() + 1, "It does not follow the entry that was purged.");
        }
        if (last.sequence() < head.sequence()) {
            return new Broken(last.sequence() + 1, "The entry is missing.");
        }
        return last.sequence() == head.sequence() && last.hash().equals(head.hash())
                ? null
                : new Broken(last.sequence(), "It is not the entry that was sealed last.");
    }
}
