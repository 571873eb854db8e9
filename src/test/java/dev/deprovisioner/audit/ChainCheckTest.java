package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.audit.ChainCheck.Broken;
import dev.deprovisioner.audit.ChainCheck.Result;
import dev.deprovisioner.testbed.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Over random trails: each single change to a sealed entry is found, and reported with its sequence. A build checks
 * three trails, one for each way of having a key; the Maven profile {@code chaos} checks more, and different ones.
 */
@Tag("slow")
class ChainCheckTest {

    static Stream<Trail> trails() {
        long seed = Seed.of("audit.seed");
        return LongStream.range(seed, seed + Seed.count(3, 12)).mapToObj(Trail::random);
    }

    private static Result checked(Trail trail, List<AuditEntry> entries) {
        var check = new ChainCheck(trail.keys(), through -> Trail.lastPurge(entries, through));
        entries.forEach(check::accept);
        return check.end(trail.head());
    }

    private static void assertBroken(Trail trail, List<AuditEntry> entries, long sequence) {
        var result = checked(trail, entries);
        assertThat(result.broken()).as(trail.toString()).isNotNull();
        assertThat(Objects.requireNonNull(result.broken()).sequence())
                .as("%s: %s", trail, result.broken().detail())
                .isEqualTo(sequence);
        assertThat(result.entries()).isLessThan(sequence);
    }

    @ParameterizedTest
    @MethodSource("trails")
    void findsNothingInATrailAsItWasSealed(Trail trail) {
        assertThat(checked(trail, trail.entries()))
                .isEqualTo(new Result(trail.entries().size(), null));
    }

    @ParameterizedTest
    @MethodSource("trails")
    void findsEveryChangeOfEveryMember(Trail trail) {
        for (var entry : trail.entries()) {
            for (var changed : Tampering.changes(entry)) {
                var entries = new ArrayList<>(trail.entries());
                entries.set(trail.entries().indexOf(entry), changed);
                assertBroken(trail, entries, trail.sequence(entry));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("trails")
    void findsEveryRemovalAlsoOfTheFirstAndTheLast(Trail trail) {
        for (var entry : trail.entries()) {
            var entries = new ArrayList<>(trail.entries());
            entries.remove(entry);
            assertBroken(trail, entries, trail.sequence(entry));
        }
    }

    @ParameterizedTest
    @MethodSource("trails")
    void findsEveryRemovalOfAllFromSomewhereOn(Trail trail) {
        for (int kept = 0; kept < trail.entries().size(); kept++) {
            assertBroken(trail, trail.entries().subList(0, kept), kept + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("trails")
    void findsEverySwap(Trail trail) {
        var entries = trail.entries();
        for (int one = 0; one < entries.size(); one++) {
            for (int other = one + 1; other < entries.size(); other++) {
                var swapped = new ArrayList<>(entries);
                Collections.swap(swapped, one, other);
                assertBroken(trail, Tampering.renumbered(swapped), one + 1);
            }
        }
    }

    /** With a place of its own, those after it moved on by one. */
    @ParameterizedTest
    @MethodSource("trails")
    void findsEveryInsertion(Trail trail) {
        var random = new Random(trail.seed());
        for (int place = 0; place <= trail.entries().size(); place++) {
            var entries = new ArrayList<>(trail.entries());
            entries.add(place, Trail.entry(random).withHash("0".repeat(64)));
            assertBroken(trail, Tampering.renumbered(entries), place + 1);
        }
    }

    /** Who can compute hashes makes a good one for what he inserts; then the next entry gives him away, or the head. */
    @ParameterizedTest
    @MethodSource("trails")
    void findsEveryInsertionThatIsSealedItself(Trail trail) {
        var random = new Random(trail.seed());
        for (int place = 0; place <= trail.entries().size(); place++) {
            var entries = new ArrayList<>(trail.entries());
            var before = place == 0 ? ChainHead.NONE : trail.headAt(place);
            entries.add(place, trail.seal(Trail.entry(random), before));
            assertBroken(
                    trail,
                    Tampering.renumbered(entries),
                    place == trail.entries().size() ? place + 1 : place + 2);
        }
    }

    /** Well sealed or not, and whether the first entries are still there or not. */
    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void findsAnEntryBeforeTheFirst(long sequence) {
        var trail = Trail.random(3).thenPurged(5);
        var inserted = trail.seal(Trail.entry(new Random(1)), new ChainHead(sequence - 1, ChainHead.NONE.hash(), null));
        for (int purged : List.of(0, 5)) {
            var entries = new ArrayList<>(
                    trail.entries().subList(purged, trail.entries().size()));
            entries.addFirst(inserted);
            var result = checked(trail, entries);
            assertThat(result.entries()).isZero();
            assertThat(result.broken()).isEqualTo(new Broken(sequence, "No entry was sealed before the first."));
        }
    }

    @Test
    void findsAnEntrySealedWithoutTheKeyOnceThereIsOne() {
        var trail = Trail.keyed(7, 20);
        var entries = new ArrayList<>(trail.entries());
        int forged = entries.size() - 1;
        entries.set(forged, SealingKey.NONE.seal(entries.get(forged), trail.headAt(forged)));
        assertBroken(trail, entries, forged + 1);
    }

    @Test
    void findsNothingWhereAPurgeOnRecordTookTheBeginningAway() {
        for (int purged = 1; purged < 20; purged++) {
            var trail = Trail.random(purged).thenPurged(purged);
            var left = trail.entries().subList(purged, trail.entries().size());
            long purge = trail.entries().size() - 1L;
            assertThat(checked(trail, left)).isEqualTo(new Result(left.size(), null, null, purge));
        }
    }

    @Test
    void findsWhatIsMissingBeyondAPurge() {
        var trail = Trail.random(3).thenPurged(5);
        IntStream.range(6, trail.entries().size() - 1)
                .forEach(from -> assertBroken(
                        trail, trail.entries().subList(from, trail.entries().size()), 6));
    }

    @Test
    void findsAFirstEntryThatDoesNotFollowWhatWasPurged() {
        var whole = Trail.random(4);
        var other = new Trail(whole.seed(), whole.keys(), Trail.random(5).entries());
        var trail = whole.thenPurge(5, other.headAt(5).hash());
        assertBroken(trail, trail.entries().subList(5, trail.entries().size()), 6);
    }

    @ParameterizedTest
    @MethodSource("trails")
    void isTheSameFromPartToPart(Trail trail) {
        for (int end = 1; end < trail.entries().size(); end++) {
            var before = new ChainCheck(trail.keys(), through -> Optional.empty());
            trail.entries().subList(0, end).forEach(before::accept);
            var next = before.pause().next();
            assertThat(next).isEqualTo(trail.headAt(end));
            assertThat(resumed(trail, trail.entries(), end))
                    .isEqualTo(new Result(trail.entries().size() - end, null));
        }
    }

    /** What the part before ended with is part of what is checked. */
    private static Result resumed(Trail trail, List<AuditEntry> entries, int after) {
        var check = new ChainCheck(trail.keys(), through -> Optional.empty());
        check.resume(trail.headAt(after), Optional.of(entries.get(after - 1)));
        entries.subList(after, entries.size()).forEach(check::accept);
        return check.end(trail.head());
    }

    /** Its entries are plain, and follow one another and the last with a key. */
    @Test
    void findsAForgedTailAfterEachEntry() {
        var trail = Trail.keyed(7, 5);
        for (int begin = 6; begin < trail.entries().size(); begin++) {
            var forged = trail.withPlainTailAfter(begin);
            assertThat(resumed(forged, forged.entries(), begin).broken())
                    .isEqualTo(new Broken(begin + 1, "Its hash is not that of its content."));
            assertBroken(forged, forged.entries(), begin + 1);
        }
    }

    @Test
    void findsThatTheEntryToGoOnFromIsNotWhatItWas() {
        var trail = Trail.random(3);
        for (var changed : Tampering.changes(trail.entries().get(6))) {
            var entries = new ArrayList<>(trail.entries());
            entries.set(6, changed);
            var result = resumed(trail, entries, 7);
            assertThat(result.entries()).isZero();
            assertThat(result.broken()).extracting(Broken::sequence).isEqualTo(7L);
        }
        var check = new ChainCheck(trail.keys(), through -> Optional.empty());
        check.resume(trail.headAt(7), Optional.empty());
        assertThat(check.end(trail.head()).broken()).isEqualTo(new Broken(7, "The entry is missing."));
    }
}
