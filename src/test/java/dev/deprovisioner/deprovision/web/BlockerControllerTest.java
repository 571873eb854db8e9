package dev.deprovisioner.deprovision.web;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import com.jayway.jsonpath.JsonPath;
import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.identifier.MemberId;
import java.io.UnsupportedEncodingException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Paging through the blockers of a run that has 150. */
class BlockerControllerTest extends WebFace {

    private final Deprovision run = Runs.blocked(150);

    @BeforeEach
    void findsTheRun() {
        given(history.find(GROUP, run.id())).willReturn(Optional.of(run));
        given(history.blockers(run, 0, 100)).willReturn(nCopies(100, Runs.blocker()));
        given(history.blockers(run, 100, 100)).willReturn(nCopies(50, Runs.blocker()));
    }

    private MvcTestResult get(String query) {
        return get(query, ADMIN);
    }

    private MvcTestResult get(String query, String caller) {
        var path = "/deprovisions/g1/runs/" + run.id() + "/blockers" + query;
        return request(HttpMethod.GET, path, caller, "deprovision:read").exchange();
    }

    private static String cursor(MvcTestResult page) throws UnsupportedEncodingException {
        return JsonPath.read(page.getResponse().getContentAsString(), "$.nextCursor");
    }

    private static int items(MvcTestResult page) throws UnsupportedEncodingException {
        return JsonPath.<Integer>read(page.getResponse().getContentAsString(), "$.items.length()");
    }

    @Test
    void goesOnWhereThePageBeforeEnded() throws UnsupportedEncodingException {
        var first = get("");
        assertThat(first).hasStatusOk();
        assertThat(first).bodyJson().extractingPath("$.items[0].memberId").isEqualTo("u1");

        var second = get("?cursor=" + cursor(first));

        assertThat(second).hasStatusOk().bodyText().doesNotContain("nextCursor");
        assertThat(items(second)).isEqualTo(50);
    }

    @Test
    void endsAPageBeforeItGrowsTooLong() throws UnsupportedEncodingException {
        var wordy = new Blocker("routing-profile-unknown", new MemberId("u1"), null, "x".repeat(30_000), "Look.");
        given(history.blockers(run, 0, 100)).willReturn(nCopies(100, wordy));

        var first = get("");

        assertThat(first.getResponse().getContentAsByteArray()).hasSizeBetween(900_000, 1024 * 1024 + 1000);
        int items = items(first);
        given(history.blockers(run, items, 100)).willReturn(nCopies(100, Runs.blocker()));
        assertThat(get("?cursor=" + cursor(first)))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"by-id, 200", "by-name, 403", "portal, 200", "unknown, 403"})
    void showsThemToThoseWhoMaySeeTheRun(String caller, int status) {
        assertThat(get("", caller)).hasStatus(status);
    }

    @Test
    void knowsNoBlockersOfARunThatTheGroupDoesNotHave() {
        given(history.find(GROUP, run.id())).willReturn(Optional.empty());
        assertThat(get("")).hasStatus(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "*", "bm8gaWQ"})
    void refusesWhatIsNoCursor(String cursor) {
        assertThat(get("?cursor=" + cursor)).hasStatus(400);
    }
}
