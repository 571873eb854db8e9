package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.jayway.jsonpath.JsonPath;
import dev.deprovisioner.deprovision.DeprovisionHistory.Page;
import dev.deprovisioner.deprovision.RunFilter;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.DeprovisionId;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.util.List;
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

    @Test
    void takesBackTheCursorThatItGave() throws UnsupportedEncodingException {
        var last = DeprovisionId.next();
        given(history.page(any(), any(), anyInt())).willReturn(new Page(List.of(Runs.blocked()), last));
        String cursor = JsonPath.read(get("/deprovisions?limit=1").getResponse().getContentAsString(), "$.nextCursor");

        var second = get("/deprovisions?status=BLOCKED&limit=1&cursor=" + cursor);

        assertThat(second).hasStatusOk();
        verify(history).page(new RunFilter(null, null, null, null), null, 1);
        verify(history).page(new RunFilter(Status.BLOCKED, null, null, null), last, 1);
    }

    @Test
    void givesNoCursorOnTheLastPage() {
        given(history.page(any(), any(), anyInt())).willReturn(new Page(List.of(Runs.blocked()), null));

        assertThat(get("/deprovisions")).hasStatusOk().bodyText().doesNotContain("nextCursor");
    }

    @Test
    void passesOnWhoRequestedTheRunsAndWhen() {
        given(history.page(any(), any(), anyInt())).willReturn(new Page(List.of(), null));

        var answer = get("/deprovisions?requestedBy=portal&from=2026-11-23T08:00:00.123Z&to=2026-11-23T08:00:00-01:00");

        assertThat(answer).hasStatusOk();
        var from = Instant.parse("2026-11-23T08:00:00.123Z");
        var to = Instant.parse("2026-11-23T09:00:00Z");
        verify(history).page(new RunFilter(null, "portal", from, to), null, 100);
    }

    @Test
    void showsSummaries() {
        given(history.page(any(), any(), anyInt())).willReturn(new Page(List.of(Runs.blocked()), null));

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
