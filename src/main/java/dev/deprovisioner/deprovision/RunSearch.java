package dev.deprovisioner.deprovision;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the runs of one page among runs that the caller may not see, through a bounded number of these. Where it ends
 * before the page is full, it ends at a multiple of a large number: a position that says nothing of a single run.
 */
final class RunSearch {

    /** After so many runs, the search ends at the next multiple of {@link #STRETCH}. */
    static final int MOST = 10_000;

    /** So it looks at no more than these in addition. */
    static final int STRETCH = 10_000;

    private static final int CHUNK = 1000;

    private final Chunks chunks;
    private final Predicate<RunKey> visible;
    private final int atMost;
    private final List<RunKey> found = new ArrayList<>();
    private int looked;
    private long end = Long.MIN_VALUE;

    /** @param atMost how many runs it finds */
    RunSearch(Chunks chunks, Predicate<RunKey> visible, int atMost) {
        this.chunks = chunks;
        this.visible = visible;
        this.atMost = atMost;
    }

    /** The runs to look through, the newest first. */
    @FunctionalInterface
    interface Chunks {

        /** @param before only runs with a lower sequence, or null for the newest */
        List<RunKey> next(@Nullable Long before, int size);
    }

    /**
     * @param below only runs with a lower sequence are left to look at; null if the page is full or no run is left
     */
    record Found(List<RunKey> keys, @Nullable Long below) {}

    /** @param before only runs with a lower sequence, or null for the newest */
    Found from(@Nullable Long before) {
        @Nullable Long last = before;
        int size = atMost;
        while (true) {
            var chunk = chunks.next(last, size);
            boolean ended = !chunk.stream().allMatch(this::look);
            boolean full = found.size() == atMost;
            if (ended || full || chunk.size() < size) {
                return new Found(found, ended && !full ? end : null);
            }
            last = chunk.getLast().sequence();
            size = CHUNK;
        }
    }

    /** @return whether to look at the next one */
    private boolean look(RunKey run) {
        if (found.size() == atMost || run.sequence() < end) {
            return false;
        }
        if (visible.test(run)) {
            found.add(run);
        }
        looked++;
        if (looked == MOST) {
            end = Math.floorDiv(run.sequence(), STRETCH) * STRETCH;
        }
        return true;
    }
}
