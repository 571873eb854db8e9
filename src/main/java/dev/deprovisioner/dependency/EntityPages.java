package dev.deprovisioner.dependency;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads a list of Genesys Cloud to its last page. */
final class EntityPages<T> {

    private final int most;
    private final IntFunction<Listing<EntityPage<T>>> page;
    private final List<EntityPage<T>> read = new ArrayList<>();

    private EntityPages(int most, IntFunction<Listing<EntityPage<T>>> page) {
        this.most = most;
        this.page = page;
    }

    /**
     * All entities. The list is complete only if every page agrees on the counts, the entities are as many, and the pages
     * before the last show the same entities again.
     *
     * @param most how many pages are read at most; a longer list is in doubt, and its other pages are not read
     * @param page reads the page of a number, from 1; no page and no doubt means that there is no such list
     */
    static <T> Listing<T> all(int most, IntFunction<Listing<EntityPage<T>>> page) {
        return new EntityPages<>(most, page).readAll();
    }

    private Listing<T> readAll() {
        do {
            var next = page.apply(read.size() + 1);
            if (next.doubt() != null) {
                return new Listing<>(entities(), next.doubt(), next.correlationId());
            }
            read.addAll(next.found());
            if (next.found().isEmpty()) {
                break;
            }
        } while (hasNext());
        var doubt = read.isEmpty() ? null : doubt();
        return doubt == null ? readAgain() : new Listing<>(entities(), doubt);
    }

    /**
     * If an entity is deleted while the pages are read, those after it move up, and one of them is on no page. Counts do
     * not show that if another entity is created. A page that is the same after the last one was read has lost none.
     */
    private Listing<T> readAgain() {
        for (int number = 1; number < read.size(); number++) {
            var again = page.apply(number);
            if (again.doubt() != null) {
                return new Listing<>(entities(), again.doubt(), again.correlationId());
            }
            var before = read.get(number - 1);
            if (again.found().stream().noneMatch(before::hasSameEntitiesAs)) {
                return new Listing<>(entities(), "the list changed while its pages were read");
            }
        }
        return Listing.complete(entities());
    }

    private boolean hasNext() {
        long count = read.getFirst().pageCount();
        return read.size() < count && count <= most;
    }

    private List<T> entities() {
        return read.stream().flatMap(page -> page.entities().stream()).toList();
    }

    private @Nullable String doubt() {
        var first = read.getFirst();
        if (first.pageCount() > most) {
            return "the list has " + first.pageCount() + " pages, and at most " + most + " are read";
        }
        var keys = new HashSet<String>();
        read.forEach(page -> keys.addAll(page.keys()));
        boolean complete = read.stream().allMatch(first::agreesWith)
                && keys.size() == first.total()
                && entities().size() == first.total()
                && !read.getLast().hasNextPage();
        return complete ? null : "the pages of the list contradict each other, or do not show all " + first.total();
    }
}
