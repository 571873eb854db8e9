package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for the few runs that a caller may see among very many, page by page. */
class RunSearchTest {

    private static final int RUNS = 95_000;
    private static final GroupId GROUP = new GroupId("g1");
    private static final Caller CALLER = new Caller("portal");
    private static final DeprovisionId ID = DeprovisionId.next();

    private int looked;

    /** Runs from 1 to {@link #RUNS}. */
    private static List<RunKey> chunk(@Nullable Long before, int size) {
        long newest = before == null ? RUNS : Math.min(before - 1, RUNS);
        return LongStream.range(0, Math.clamp(newest, 0, size))
                .mapToObj(n -> new RunKey(newest - n, ID, GROUP, null, CALLER))
                .toList();
    }

    private RunSearch.Found page(@Nullable Long before, int atMost, Set<Long> visible) {
        looked = 0;
        var search = new RunSearch(
                RunSearchTest::chunk,
                run -> {
                    looked++;
                    return visible.contains(run.sequence());
                },
                atMost);
        return search.from(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 101, 1001})
    void findsEachRunOnceOverPagesThatLookAtABoundedNumber(int atMost) {
        var visible = Set.of(1L, 2L, 9_999L, 10_000L, 10_001L, 20_000L, 64_000L, 85_000L, 94_999L);
        var found = new ArrayList<Long>();
        @Nullable Long before = null;
        do {
            var page = page(before, atMost, visible);
            assertThat(looked).isLessThanOrEqualTo(RunSearch.MOST + RunSearch.STRETCH);
            page.keys().forEach(key -> found.add(key.sequence()));
            before = page.keys().size() == atMost ? (Long) found.getLast() : page.below();
        } while (before != null);

        assertThat(found).containsExactly(94_999L, 85_000L, 64_000L, 20_000L, 10_001L, 10_000L, 9_999L, 2L, 1L);
    }

    @Test
    void endsAtAPositionThatSaysNothingOfASingleRun() {
        assertThat(page(null, 100, Set.of()).below()).isEqualTo(80_000);
        assertThat(page(80_000L, 100, Set.of()).below()).isEqualTo(70_000);
        assertThat(page(79_999L, 100, Set.of()).below()).isEqualTo(60_000);
    }

    @Test
    void aPageThatIsFullOrTheLastHasNoSuchPosition() {
        assertThat(page(null, 2, Set.of(RUNS - 1L, RUNS - 2L, RUNS - 3L)).below())
                .isNull();
        assertThat(page(10_000L, 100, Set.of()).below()).isNull();
    }
}
