package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletConnection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Long after it began, a request is slow only if it has not arrived. */
class SlowRequestFilterTest {

    private static final Set<String> OPEN = Set.of("1");

    private long now;
    private final SlowRequests slow = new SlowRequests(() -> now);

    private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/") {
        @Override
        public ServletConnection getServletConnection() {
            var connection = Mockito.mock(ServletConnection.class);
            Mockito.when(connection.getConnectionId()).thenReturn("1");
            return connection;
        }
    };

    private Set<String> longAfter() {
        slow.find(OPEN, 100);
        now += SlowRequests.LONGEST.toNanos() + 1;
        return slow.find(OPEN, 100);
    }

    private void answer(FilterChain answer) throws Exception {
        var calls = new AtomicInteger();
        new SlowRequestFilter(slow).doFilter(request, new MockHttpServletResponse(), (all, response) -> {
            calls.incrementAndGet();
            answer.doFilter(all, response);
        });
        assertThat(calls).hasValue(1);
    }

    @Test
    void aRequestWithoutABodyHasArrived() throws Exception {
        answer((all, response) -> assertThat(longAfter()).isEmpty());
    }

    @Test
    void aBodyHasArrivedWhenItIsReadToItsEnd() throws Exception {
        request.setContent(new byte[] {1, 2});
        answer((all, response) -> {
            assertThat(all.getInputStream().readNBytes(2)).hasSize(2);
            assertThat(longAfter()).isEqualTo(OPEN);
            assertThat(all.getInputStream().readNBytes(2)).isEmpty();
            assertThat(longAfter()).isEmpty();
        });
    }

    @Test
    void aBodyOfUnknownLengthHasNotArrivedEither() throws Exception {
        request.addHeader("Transfer-Encoding", "chunked");
        answer((all, response) -> assertThat(longAfter()).isEqualTo(OPEN));
    }

    @Test
    void anAnswerEndsItsConnectionWhileFewAreFree() throws Exception {
        var response = new MockHttpServletResponse();
        slow.find(OPEN, 1);
        new SlowRequestFilter(slow).doFilter(request, response, (all, answer) -> {});
        assertThat(response.getHeader("Connection")).isEqualTo("close");

        var later = new MockHttpServletResponse();
        slow.find(OPEN, 100);
        new SlowRequestFilter(slow).doFilter(request, later, (all, answer) -> {});
        assertThat(later.containsHeader("Connection")).isFalse();
    }

    @Test
    void theNextRequestHasItsOwnTime() throws Exception {
        answer((all, response) -> now += SlowRequests.LONGEST.toNanos() + 1);
        assertThat(slow.find(OPEN, 100)).isEmpty();
        assertThat(longAfter()).isEqualTo(OPEN);
    }
}
