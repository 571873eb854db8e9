package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.jayway.jsonpath.JsonPath;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionHistory.Page;
import dev.deprovisioner.deprovision.RunFilter;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Paging through all runs, with the runs stubbed. */
class DeprovisionListControllerTest extends WebFace {

    private MvcTestResult get(String path) {
        return request(HttpMethod.GET, path, ADMIN, "deprovision:read").exchange();
    }

    private void finds(List<Deprovision> runs, boolean more) {
        given(history.page(any(), any(), anyInt(), any())).willReturn(new Page(List.copyOf(runs), more, null));
    }

    private static String cursor(MvcTestResult page) throws UnsupportedEncodingException {
        return JsonPath.read(page.getResponse().getContentAsString(), "$.nextCursor");
    }

    @Test
    void takesBackTheCursorThatItGave() throws UnsupportedEncodingException {
        var last = Runs.blocked();
        finds(List.of(Runs.blocked(), last), true);
        given(history.key(last.id())).willReturn(Optional.of(Runs.key(last)));

        var second = get("/deprovisions?status=BLOCKED&limit=1&cursor=" + cursor(get("/deprovisions?limit=2")));

        assertThat(second).hasStatusOk();
        verify(history).page(eq(new RunFilter(null, null, null, null, null)), isNull(), eq(2), any());
        var blocked = new RunFilter(null, Status.BLOCKED, null, null, null);
        verify(history).page(eq(blocked), eq(Runs.key(last).sequence()), eq(1), any());
    }

    @Test
    void putsNothingIntoACursorButTheRunThatItHasShown() throws UnsupportedEncodingException {
        var last = Runs.blocked();
        finds(List.of(last), true);

        var id = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor(get("/deprovisions"))));

        assertThat(new UUID(id.getLong(), id.getLong())).isEqualTo(last.id().value());
        assertThat(id.hasRemaining()).isFalse();
    }

    @Test
    void takesNoCursorOfARunThatTheCallerMayNotSeeOrThatIsGone() throws UnsupportedEncodingException {
        var run = Runs.validated("Sales EMEA");
        finds(List.of(run), true);
        var path = "/deprovisions?cursor=" + cursor(get("/deprovisions"));

        assertThat(get(path)).hasStatus(400);
        given(history.key(run.id())).willReturn(Optional.of(Runs.key(run)));
        assertThat(get(path)).hasStatusOk();
        assertThat(request(HttpMethod.GET, path, "another", "deprovision:read").exchange())
                .hasStatus(400);
    }

    @Test
    void takesNoCursorOfTheVersionBefore() {
        var id = DeprovisionId.next().toString().getBytes(StandardCharsets.US_ASCII);
        assertThat(get("/deprovisions?cursor=" + Base64.getUrlEncoder().encodeToString(id)))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-request");
    }

    @Test
    void endsAPageBeforeItGrowsTooLongAndGoesOnAfterIt() throws UnsupportedEncodingException {
        var runs = IntStream.range(0, 1000)
                .mapToObj(n -> Runs.quoting("x"))
                .map(Runs::withLongReason)
                .toList();
        finds(runs, false);

        var page = get("/deprovisions?limit=1000");

        var body = page.getResponse().getContentAsByteArray();
        assertThat(body).hasSizeBetween(900_000, 1024 * 1024 + 1000);
        int items = JsonPath.<Integer>read(page.getResponse().getContentAsString(), "$.items.length()");
        var last = runs.get(items - 1);
        given(history.key(last.id())).willReturn(Optional.of(Runs.key(last)));
        assertThat(get("/deprovisions?cursor=" + cursor(page))).hasStatusOk();
        verify(history).page(any(), eq(Runs.key(last).sequence()), anyInt(), any());
    }

    @Test
    void goesOnWhereASearchEndedBeforeThePageWasFull() throws UnsupportedEncodingException {
        given(history.page(any(), any(), anyInt(), any())).willReturn(new Page(List.of(), false, 20_000L));

        var page = get("/deprovisions");

        assertThat(page)
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.items.length()")
                .isEqualTo(0);
        assertThat(get("/deprovisions?cursor=" + cursor(page))).hasStatusOk();
        verify(history).page(any(), eq(20_000L), anyInt(), any());
    }

    @Test
    void goesOnAfterTheLastRunOfAPageThatWasCutAlsoIfTheSearchEnded() throws UnsupportedEncodingException {
        var runs = IntStream.range(0, 1000)
                .mapToObj(n -> Runs.quoting("x"))
                .map(Runs::withLongReason)
                .toList();
        given(history.page(any(), any(), anyInt(), any())).willReturn(new Page(List.copyOf(runs), false, 20_000L));

        assertThat(Base64.getUrlDecoder().decode(cursor(get("/deprovisions?limit=1000"))))
                .hasSize(2 * Long.BYTES);
    }

    @Test
    void givesNoCursorOnTheLastPage() {
        finds(List.of(Runs.blocked()), false);

        assertThat(get("/deprovisions")).hasStatusOk().bodyText().doesNotContain("nextCursor");
    }

    @Test
    void passesOnWhoRequestedTheRunsAndWhen() {
        finds(List.of(), false);

        var answer = get("/deprovisions?requestedBy=portal&from=2026-11-23T08:00:00.123Z&to=2026-11-23T08:00:00-01:00");

        assertThat(answer).hasStatusOk();
        var from = Instant.parse("2026-11-23T08:00:00.123Z");
        var to = Instant.parse("2026-11-23T09:00:00Z");
        verify(history).page(eq(new RunFilter(null, null, new Caller("portal"), from, to)), isNull(), eq(100), any());
    }

    @Test
    void showsSummaries() {
        finds(List.of(Runs.blocked()), false);

        assertThat(get("/deprovisions"))
                .bodyText()
                .contains("\"problem\"", "Resolve every blocker.")
                .doesNotContain("steps", "blockers", "provider says");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=x",
                "status=GONE",
                "cursor=x",
                "cursor=*",
                "cursor=bm8gaWQ",
                "requestedBy=a\u0000b",
                "from=yesterday",
                "from=2026-11-23",
                "from=2026-11-23T08:00:00",
                "from=1764547200000",
                "from=Mon, 23 Nov 2026 08:00:00 GMT",
                "to=+10000-01-01T00:00:00Z",
                "to=-0001-01-01T00:00:00Z",
                "to="
            })
    void refusesWhatItCannotRead(String query) {
        assertThat(get("/deprovisions?" + query))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-request");
        verifyNoInteractions(history);
    }
}
