package dev.deprovisioner.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EntityPagesTest {

    private final List<Integer> asked = new ArrayList<>();

    private Listing<String> read(int most, String... pages) {
        return readInTurn(most, number -> pages[number - 1]);
    }

    private Listing<String> readInTurn(int most, IntFunction<String> pages) {
        return EntityPages.all(most, number -> {
            var body = new JsonMapper().readTree(pages.apply(number).replace('\'', '"'));
            asked.add(number);
            return EntityPage.of(
                    body,
                    number,
                    EntityPage.Identity.ID,
                    entity -> NamedObject.of(entity).id());
        });
    }

    private static String page(int number, int pageCount, int total, String... ids) {
        var entities = List.of(ids).stream().map("{'id':'%s'}"::formatted).toList();
        return "{'entities':[%s],'pageNumber':%d,'pageCount':%d,'total':%d}"
                .formatted(String.join(",", entities), number, pageCount, total);
    }

    @Test
    void areReadToTheLast() {
        assertThat(read(9, page(1, 3, 5, "a", "b"), page(2, 3, 5, "c", "d"), page(3, 3, 5, "e")))
                .isEqualTo(Listing.complete(List.of("a", "b", "c", "d", "e")));
    }

    @Test
    void areReadAgainButForTheLastOne() {
        read(9, page(1, 3, 5, "a", "b"), page(2, 3, 5, "c", "d"), page(3, 3, 5, "e"));

        assertThat(asked).containsExactly(1, 2, 3, 1, 2);
    }

    @Test
    void areReadOnceIfThereIsOnlyOne() {
        read(9, page(1, 1, 2, "a", "b"));

        assertThat(asked).containsExactly(1);
    }

    /** "a" is deleted after the first page, so "c" moves onto it, and "f" is created at the end. */
    @Test
    void areInDoubtIfTheListShiftsBetweenThem() {
        var before = List.of(page(1, 2, 4, "a", "b"), page(2, 2, 4, "c", "d"));
        var after = List.of(page(1, 2, 4, "b", "c"), page(2, 2, 4, "d", "f"));

        var read = readInTurn(9, number -> (asked.isEmpty() ? before : after).get(number - 1));

        assertThat(read.doubt()).contains("changed while");
        assertThat(read.found()).containsExactly("a", "b", "d", "f");
    }

    @Test
    void mayShowTheEntitiesOfAPageInAnotherOrder() {
        var before = List.of(page(1, 2, 3, "a", "b"), page(2, 2, 3, "c"));

        var read = readInTurn(9, number -> asked.size() < 2 ? before.get(number - 1) : page(1, 2, 3, "b", "a"));

        assertThat(read.doubt()).isNull();
    }

    @Test
    void areInDoubtIfOneCannotBeReadAgain() {
        var before = List.of(page(1, 2, 2, "a"), page(2, 2, 2, "b"));

        var read = readInTurn(9, number -> asked.size() < 2 ? before.get(number - 1) : "{'entities':'a'}");

        assertThat(read.doubt()).contains("list of entities");
        assertThat(read.found()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void mayBeNone(int pageCount) {
        assertThat(read(9, page(1, pageCount, 0))).isEqualTo(Listing.complete(List.of()));
    }

    @Test
    void showNothingWhereThereIsNoList() {
        assertThat(EntityPages.<String>all(9, number -> Listing.complete(List.of())))
                .isEqualTo(Listing.complete(List.of()));
    }

    @Test
    void areInDoubtIfTheListEndsBeforeItsLastPage() {
        var read = EntityPages.all(
                9,
                number -> number == 2
                        ? Listing.complete(List.of())
                        : Listing.complete(List.of(new EntityPage<>(List.of("a"), List.of("a"), 2, 2, true))));

        assertThat(read.doubt()).isNotNull();
    }

    @Test
    void areInDoubtIfTheyHaveFewerEntitiesThanTheTotal() {
        assertThat(read(9, page(1, 1, 2, "a")).doubt()).contains("all 2");
    }

    @Test
    void areInDoubtIfTheyHaveMoreEntitiesThanTheTotal() {
        assertThat(read(9, page(1, 1, 1, "a", "b")).doubt()).isNotNull();
    }

    @Test
    void areInDoubtIfTheTotalChanges() {
        assertThat(read(9, page(1, 2, 2, "a"), page(2, 2, 3, "b")).doubt()).isNotNull();
    }

    @Test
    void areInDoubtIfTheNumberOfPagesChanges() {
        assertThat(read(9, page(1, 2, 2, "a"), page(2, 3, 2, "b")).doubt()).isNotNull();
    }

    @Test
    void areInDoubtIfTwoOfThemShowTheSameEntity() {
        assertThat(read(9, page(1, 2, 2, "a"), page(2, 2, 2, "a")).doubt()).isNotNull();
    }

    @Test
    void areInDoubtIfAnotherPageComes() {
        var read = read(9, page(1, 2, 2, "a"), page(1, 2, 2, "b"));

        assertThat(read.doubt()).contains("page 2");
        assertThat(read.found()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'nextUri':'/api/v2/next'", "'cursors':{'after':'abc'}", "'hasMore':true"})
    void areInDoubtIfTheLastOneNamesANextPage(String next) {
        var last = page(1, 1, 1, "a").replaceFirst("}$", "," + next + "}");

        assertThat(read(9, last).doubt()).isNotNull();
        assertThat(read(9, page(1, 0, 0).replaceFirst("}$", "," + next + "}")).doubt())
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'nextUri':''", "'nextUri':' '", "'cursors':{'after':''}"})
    void areCompleteIfTheNextPageIsBlank(String next) {
        assertThat(read(9, page(1, 1, 1, "a").replaceFirst("}$", "," + next + "}")))
                .isEqualTo(Listing.complete(List.of("a")));
    }

    @Test
    void mayNameANextPageBeforeTheLast() {
        var first = page(1, 2, 2, "a").replaceFirst("}$", ",'nextUri':'/api/v2/next','hasMore':true}");

        assertThat(read(9, first, page(2, 2, 2, "b").replaceFirst("}$", ",'nextUri':null,'hasMore':false}")))
                .isEqualTo(Listing.complete(List.of("a", "b")));
    }

    @Test
    void areNotReadBeyondTheBound() {
        assertThat(read(2, page(1, 3, 3, "a")).doubt()).contains("3 pages").contains("at most 2");
        assertThat(asked).containsExactly(1);
    }

    @Test
    void areReadUpToTheBound() {
        var pages = IntStream.rangeClosed(1, 3)
                .mapToObj(number -> page(number, 3, 3, "id" + number))
                .toArray(String[]::new);

        assertThat(read(3, pages).doubt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'entities':[{'id':'a'}],'pageNumber':1,'pageCount':1}",
                "{'entities':[{'id':'a'}],'pageNumber':1,'total':1}",
                "{'entities':[{'id':'a'}],'pageCount':1,'total':1}",
                "{'entities':[{'id':'a'}],'pageNumber':1,'pageCount':1,'total':-1}",
                "{'entities':[{'id':'a'}],'pageNumber':1,'pageCount':1,'total':1.0}",
                "{'entities':[{'id':' '}],'pageNumber':1,'pageCount':1,'total':1}",
                "{'entities':[{'name':'a'}],'pageNumber':1,'pageCount':1,'total':1}",
                "{'entities':'a','pageNumber':1,'pageCount':1,'total':1}"
            })
    void areInDoubtWithoutCountsOrIds(String page) {
        assertThat(read(9, page)).satisfies(read -> {
            assertThat(read.doubt()).isNotNull();
            assertThat(read.found()).isEmpty();
        });
    }
}
