package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.scim.PageRequest.Cursor;
import dev.deprovisioner.scim.PageRequest.Index;
import dev.deprovisioner.scim.ScimProperties.UserPaging;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** When a list of users that comes in pages is complete, and when a page lies. */
class UserPagesTest {

    private static final GroupId GROUP = new GroupId("g1");
    private static final int MOST = 500;

    private final UserPages pages = new UserPages(MOST, UserPaging.CURSOR_OR_INDEX);

    private static UserPage page(String json) {
        return UserPage.of(new ScimObject(JsonMapper.shared().readTree(json)), GROUP);
    }

    private static UserPage page(String attributes, int from, int to) {
        return page("{" + attributes + ",\"Resources\":[" + users(from, to) + "]}");
    }

    private static String users(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj("{\"id\":\"u%d\"}"::formatted)
                .collect(Collectors.joining(","));
    }

    private void assertComplete(Optional<PageRequest> next, int members) {
        assertThat(next).isEmpty();
        assertThat(pages.list().isCut()).isFalse();
        assertThat(pages.list().shown()).hasSize(members);
    }

    private void assertCut(Optional<PageRequest> next) {
        assertThat(next).isEmpty();
        assertThat(pages.list().isCut()).isTrue();
    }

    @Test
    void isCompleteOnOnePageThatStatesItsTotal() {
        assertComplete(pages.add(PageRequest.first(), page("\"totalResults\":2", 1, 2)), 2);
    }

    @Test
    void isCompleteWithoutUsersAndWithoutAList() {
        assertComplete(pages.add(PageRequest.first(), page("{\"totalResults\":0}")), 0);
    }

    @Test
    void isCompleteOnOnePageInTheFormOfCursors() {
        assertComplete(pages.add(PageRequest.first(), page("\"itemsPerPage\":100", 1, 3)), 3);
    }

    @Test
    void isNotCompleteWhereNothingSaysSo() {
        assertCut(pages.add(PageRequest.first(), page("\"schemas\":[]", 1, 3)));
        assertCut(new UserPagesTest().pages.add(PageRequest.firstWithoutCursor(), page("\"itemsPerPage\":3", 1, 3)));
    }

    @Test
    void followsCursorsToTheLastPage() {
        var second = pages.add(PageRequest.first(), page("\"itemsPerPage\":100,\"nextCursor\":\"c1\"", 1, 100));
        assertThat(second).contains(new Cursor("c1"));
        var third = pages.add(new Cursor("c1"), page("\"itemsPerPage\":100,\"nextCursor\":\"c2\"", 101, 140));
        assertThat(third).contains(new Cursor("c2"));
        assertComplete(pages.add(new Cursor("c2"), page("\"itemsPerPage\":100", 141, 150)), 150);
    }

    @Test
    void followsIndexesToTheTotal() {
        var second = pages.add(PageRequest.first(), page("\"totalResults\":150,\"startIndex\":1", 1, 100));
        assertThat(second).contains(new Index(101));
        assertComplete(pages.add(new Index(101), page("\"totalResults\":150,\"startIndex\":101", 101, 150)), 150);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"itemsPerPage\":2",
                "\"totalResults\":2",
                "\"totalResults\":\"2\"",
                "\"startIndex\":5,\"totalResults\":3",
                "\"totalResults\":3,\"hasMore\":true",
                "\"itemsPerPage\":3,\"next\":\"/Users?page=2\"",
                "\"itemsPerPage\":3,\"nextLink\":\"https://h/next\""
            })
    void isCutWhereOnePageContradictsItself(String attributes) {
        assertCut(pages.add(PageRequest.first(), page(attributes, 1, 3)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The same cursor again.
                "\"nextCursor\":\"c1\"                     | 101 | 150",
                // The same page again.
                "\"itemsPerPage\":100                      |   1 | 100",
                // One user of the page before.
                "\"itemsPerPage\":100                      | 100 | 150",
                // More on the page than it says.
                "\"itemsPerPage\":10                       | 101 | 150",
                // Short of the total, and over it.
                "\"totalResults\":200                      | 101 | 150",
                "\"totalResults\":120                      | 101 | 150",
                // Another way to go on.
                "\"itemsPerPage\":50,\"hasMore\":true      | 101 | 150"
            })
    void isCutWhereALaterPageByCursorLies(String attributes, int from, int to) {
        pages.add(PageRequest.first(), page("\"itemsPerPage\":100,\"nextCursor\":\"c1\"", 1, 100));
        assertCut(pages.add(new Cursor("c1"), page(attributes, from, to)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"totalResults\":150,\"startIndex\":1         |   1 | 100",
                "\"totalResults\":150,\"startIndex\":1         | 101 | 150",
                "\"totalResults\":151                          | 101 | 150",
                "\"totalResults\":149                          | 101 | 149",
                "\"totalResults\":150                          | 100 | 149",
                "\"totalResults\":150,\"nextCursor\":\"c\"     | 101 | 150",
                "\"totalResults\":150,\"hasMore\":true         | 101 | 150",
                "\"totalResults\":150                          |   1 |   0"
            })
    void isCutWhereALaterPageByIndexLies(String attributes, int from, int to) {
        pages.add(PageRequest.first(), page("\"totalResults\":150", 1, 100));
        assertCut(pages.add(new Index(101), page(attributes, from, to)));
    }

    @Test
    void isCutWhereCursorsGoRound() {
        pages.add(PageRequest.first(), page("\"nextCursor\":\"a\"", 1, 1));
        pages.add(new Cursor("a"), page("\"nextCursor\":\"b\"", 2, 2));
        assertCut(pages.add(new Cursor("b"), page("\"nextCursor\":\"a\"", 3, 3)));
    }

    @Test
    void isCutWhereEmptyPagesNeverEnd() {
        var next = pages.add(PageRequest.first(), page("\"nextCursor\":\"0\"", 1, 0));
        int asked = 1;
        while (next.isPresent()) {
            next = pages.add(next.get(), page("\"nextCursor\":\"" + asked++ + "\"", 1, 0));
        }
        assertThat(asked).isEqualTo(MOST / 10 + 10);
        assertThat(pages.list().isCut()).isTrue();
    }

    @Test
    void asksForNoPageAfterTheOneThatExceedsTheLimit() {
        assertThat(pages.add(PageRequest.first(), page("\"nextCursor\":\"a\"", 1, 500)))
                .isPresent();
        assertCut(pages.add(new Cursor("a"), page("\"nextCursor\":\"b\"", 501, 501)));
        assertThat(pages.list().shown()).hasSize(501);
    }

    @Test
    void isCutWhereTheProviderIgnoresTheFilter() {
        assertCut(pages.add(PageRequest.first(), page("""
                {"totalResults":1,"Resources":[{"id":"u1","groups":[{"value":"another"}]}]}""")));
        assertThat(pages.list().shown()).isEmpty();
    }

    @Test
    void leavesOutUsersWhoAreInANestedGroupOnly() {
        assertComplete(pages.add(PageRequest.first(), page("""
                        {"totalResults":3,"Resources":[
                            {"id":"u1","groups":[{"value":"G1","type":"direct"},{"value":"other"}]},
                            {"id":"u2","groups":{"value":"g1","type":"indirect"}},
                            {"id":"u3","groups":[]}]}""")), 2);
    }

    /** Whatever pages a provider makes of its users: the list is the users, or it is cut. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void neverMissesAUserOfAProviderThatLies(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            var provider = new LyingProvider(random);
            var list = provider.list();
            if (!list.isCut()) {
                assertThat(list.shown())
                        .extracting(member -> member.value().value())
                        .as("seed %d, provider %d", seed, i)
                        .containsExactlyInAnyOrderElementsOf(provider.users);
            }
            if (provider.isHonest()) {
                assertThat(list.isCut()).as("seed %d, provider %d", seed, i).isFalse();
            }
        }
    }

    /** Pages its users by cursor or by index, and tells at most one lie that its counts or cursors betray. */
    private static final class LyingProvider {

        private enum Lie {
            NONE,
            DROPS_A_USER,
            REPEATS_A_USER,
            REPEATS_A_PAGE,
            ENDS_EARLY
        }

        private final List<String> users;
        private final boolean byCursor;
        private final int pageSize;
        private final Lie lie;
        private final int lyingPage;
        private int page;

        private LyingProvider(Random random) {
            users = IntStream.range(0, random.nextInt(60))
                    .mapToObj(n -> "u" + n)
                    .collect(Collectors.toList());
            Collections.shuffle(users, random);
            byCursor = random.nextBoolean();
            pageSize = 1 + random.nextInt(20);
            lie = Lie.values()[random.nextInt(Lie.values().length)];
            lyingPage = users.isEmpty() ? 0 : random.nextInt(Math.ceilDiv(users.size(), pageSize));
        }

        private boolean isHonest() {
            return lie == Lie.NONE;
        }

        private MemberList list() {
            var list = new UserPages(MOST, UserPaging.CURSOR_OR_INDEX);
            var asked = Optional.of(PageRequest.first());
            while (asked.isPresent()) {
                asked = list.add(asked.get(), answer(asked.get()));
            }
            return list.list();
        }

        private UserPage answer(PageRequest asked) {
            int from = switch (asked) {
                case Cursor(var value) -> value.isEmpty() ? 0 : Integer.parseInt(value);
                case Index(long first) -> (int) first - 1;
            };
            int to = Math.min(from + pageSize, users.size());
            boolean lies = page++ == lyingPage;
            var shown = new ArrayList<>(users.subList(from, to));
            boolean ends = to == users.size();
            if (lies && !shown.isEmpty()) {
                switch (lie) {
                    case NONE -> {}
                    case DROPS_A_USER -> shown.removeFirst();
                    case REPEATS_A_USER -> shown.set(0, users.get(from == 0 ? shown.size() - 1 : 0));
                    case REPEATS_A_PAGE -> {
                        shown.clear();
                        shown.addAll(users.subList(Math.max(0, from - pageSize), Math.max(from, to - pageSize)));
                    }
                    case ENDS_EARLY -> ends = true;
                }
            }
            var resources = shown.stream().map("{\"id\":\"%s\"}"::formatted).collect(Collectors.joining(","));
            var cursor = ends || !byCursor ? "" : ",\"nextCursor\":\"" + to + "\"";
            return page("{\"totalResults\":%d%s,\"Resources\":[%s]}".formatted(users.size(), cursor, resources));
        }
    }
}
