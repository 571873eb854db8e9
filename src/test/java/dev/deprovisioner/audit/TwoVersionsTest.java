package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.audit.ChainCheck.Broken;
import dev.deprovisioner.audit.ChainCheck.Result;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chain that this version and those before it seal in turn is verified, and shows what was changed in either part. */
class TwoVersionsTest {

    private static final SealingKey KEY = Trail.keyed(1, 0).keys().getFirst();

    static List<AuditEntry> sealedInTurn(SealingKey key) {
        var random = new Random(3);
        var entries = new ArrayList<AuditEntry>();
        for (int i = 0; i < 30; i++) {
            var head = head(entries);
            var entry = i == 20
                    ? AuditEntry.purge(
                            Instant.EPOCH,
                            5,
                            Objects.requireNonNull(entries.get(4).hash()))
                    : Trail.entry(random);
            entries.add(
                    switch (i % 5) {
                        case 0, 3 -> SealedBefore.byTheFirst(entry, head, key);
                        case 1 -> SealedBefore.byTheSecond(entry, head, key);
                        default -> key.seal(entry, head);
                    });
        }
        return entries;
    }

    private static ChainHead head(List<AuditEntry> entries) {
        return entries.isEmpty()
                ? ChainHead.NONE
                : new ChainHead(
                        entries.size(), Objects.requireNonNull(entries.getLast().hash()), null);
    }

    private static Result checked(List<AuditEntry> entries, ChainHead head) {
        var check = new ChainCheck(List.of(KEY), through -> Trail.lastPurge(entries, through));
        entries.forEach(check::accept);
        return check.end(head);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isWhole(boolean keyed) {
        var entries = sealedInTurn(keyed ? KEY : SealingKey.NONE);

        assertThat(checked(entries, head(entries))).isEqualTo(new Result(30, null));
        assertThat(checked(entries.subList(5, 30), head(entries))).isEqualTo(new Result(25, null, null, 21L));
    }

    @Test
    void showsWhereTheContentWasChanged() {
        var entries = sealedInTurn(KEY);
        for (int i = 0; i < entries.size(); i++) {
            for (var changed : Tampering.changesOfFirstMembers(entries.get(i))) {
                var tampered = new ArrayList<>(entries);
                tampered.set(i, changed);
                var broken = checked(tampered, head(entries)).broken();
                assertThat(broken).extracting(Broken::sequence).isEqualTo(i + 1L);
            }
        }
    }

    @Test
    void showsAnEntryWhoseRulesItDoesNotKnow() {
        var entries = sealedInTurn(KEY);
        var next = entries.get(9);
        entries.set(
                9,
                new AuditEntry(
                        next.timestamp(),
                        next.groupId(),
                        next.action(),
                        next.status(),
                        next.latencyMs(),
                        next.error(),
                        next.webhookSynced(),
                        next.sequence(),
                        next.deprovisionId(),
                        next.actor(),
                        next.onBehalfOf(),
                        next.reason(),
                        next.outcome(),
                        next.members(),
                        next.details(),
                        next.contentHash(),
                        next.previousHash(),
                        next.hash(),
                        2));

        assertThat(checked(entries, head(entries)).broken())
                .isEqualTo(new Broken(10, "It was sealed by rules that this version does not know."));
    }
}
