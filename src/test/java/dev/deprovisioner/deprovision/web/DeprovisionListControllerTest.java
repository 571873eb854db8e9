package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import com.jayway.jsonpath.JsonPath;
import dev.deprovisioner.deprovision.DeprovisionHistory.Page;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.DeprovisionId;
import java.io.UnsupportedEncodingException;
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
        verify(history).page(null, null, 1);
        verify(history).page(Status.BLOCKED, last, 1);
    }

    @Test
    void givesNoCursorOnTheLastPage() {
        given(history.page(null, null, 100)).willReturn(new Page(List.of(Runs.blocked()), null));

        assertThat(get("/deprovisions")).hasStatusOk().bodyText().doesNotContain("nextCursor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"limit=0", "limit=1001", "limit=x", "status=GONE", "cursor=x", "cursor=*", "cursor=bm8gaWQ"})
    void refusesWhatItCannotRead(String query) {
        assertThat(get("/deprovisions?" + query))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/invalid-request");
        verifyNoInteractions(history);
    }
}
