package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.deprovisioner.database.CallerBulkhead;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.ProblemWriter;
import dev.deprovisioner.problem.RequestProblems;
import dev.deprovisioner.testbed.SteppedTime;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.ClientAbortException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Three places for large answers; the last one is kept for a caller that has none. */
class LargeAnswersTest {

    private static final byte[] LARGE = new byte[1024 * 1024];

    private final SteppedTime time = new SteppedTime();
    private final ProblemWriter problems = mock();
    private final CallerBulkhead places = new CallerBulkhead(3, 0, Duration.ZERO);

    private BoundedAnswer answerTo(String caller, MockHttpServletResponse response) {
        return new BoundedAnswer(response, new Caller(caller), places, time);
    }

    private BoundedAnswer writtenTo(String caller, byte[] content, MockHttpServletResponse response)
            throws IOException {
        var answer = answerTo(caller, response);
        answer.getOutputStream().write(content);
        answer.flushBuffer();
        return answer;
    }

    @Test
    void aSmallAnswerTakesNoPlace() throws IOException {
        for (int i = 0; i < 10; i++) {
            var response = new MockHttpServletResponse();
            writtenTo("slow", new byte[BoundedAnswer.SMALL], response).finish();
            assertThat(response.getContentAsByteArray()).hasSize(BoundedAnswer.SMALL);
        }
    }

    @Test
    void aCallerWhoseLargeAnswersAreBeingSentGetsNoFurtherOneButAnotherDoes() throws IOException {
        writtenTo("slow", LARGE, new MockHttpServletResponse());
        writtenTo("slow", LARGE, new MockHttpServletResponse());

        var refused = new MockHttpServletResponse();
        assertThat(writtenTo("slow", LARGE, refused).isRefused()).isTrue();
        assertThat(refused.isCommitted()).isFalse();
        assertThat(refused.getContentAsByteArray()).isEmpty();

        var other = new MockHttpServletResponse();
        writtenTo("other", LARGE, other).finish();
        assertThat(other.getContentAsByteArray()).hasSize(LARGE.length);
    }

    @Test
    void anAnswerThatIsSentGivesItsPlaceBack() throws IOException {
        for (int i = 0; i < 10; i++) {
            try (var answer = writtenTo("busy", LARGE, new MockHttpServletResponse())) {
                assertThat(answer.isRefused()).isFalse();
                answer.finish();
            }
        }
    }

    @Test
    void aRefusedAnswerHasNoPlaceToGiveBack() throws IOException {
        var first = writtenTo("slow", LARGE, new MockHttpServletResponse());
        writtenTo("slow", LARGE, new MockHttpServletResponse());
        writtenTo("slow", LARGE, new MockHttpServletResponse()).close();
        assertThat(writtenTo("slow", LARGE, new MockHttpServletResponse()).isRefused())
                .isTrue();

        first.close();

        assertThat(writtenTo("slow", LARGE, new MockHttpServletResponse()).isRefused())
                .isFalse();
    }

    @Test
    void anAnswerThatIsReadTooSlowlyIsCut() throws IOException {
        var read = new ByteArrayOutputStream();
        var answer = writtenTo("slow", LARGE, readingEachPieceIn(Duration.ofSeconds(10), read));

        assertThat(read.size()).isLessThan(100_000);
        assertThatThrownBy(answer::finish).isInstanceOf(ClientAbortException.class);
        answer.close();
        assertThat(answer.isRefused()).isFalse();
    }

    private MockHttpServletResponse readingEachPieceIn(Duration each, ByteArrayOutputStream read) {
        return new MockHttpServletResponse() {
            @Override
            public ServletOutputStream getOutputStream() {
                return new ServletOutputStream() {
                    @Override
                    public void write(int one) {
                        throw new IllegalStateException("Written in pieces");
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) {
                        time.step(each);
                        read.write(bytes, from, length);
                    }

                    @Override
                    public boolean isReady() {
                        return true;
                    }

                    @Override
                    public void setWriteListener(WriteListener listener) {}
                };
            }
        };
    }

    @Test
    void aRefusedAnswerSaysWhenToTryAgain() throws ServletException, IOException {
        writtenTo("slow", LARGE, new MockHttpServletResponse());
        writtenTo("slow", LARGE, new MockHttpServletResponse());
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("slow", null));
        var filter = new LargeAnswers(request -> false, places, problems, time);
        var response = new MockHttpServletResponse();

        filter.doFilter(
                new MockHttpServletRequest("GET", "/deprovisions"),
                response,
                (asked, answer) -> answer.getOutputStream().write(LARGE));

        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        verify(problems).write(any(), same(response), eq(RequestProblems.tooManyLargeAnswers()));
    }

    @AfterEach
    void leave() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void anAnswerThatIsResetBeforeItWasSentStartsAgain() throws IOException {
        var response = new MockHttpServletResponse();
        var answer = writtenTo("busy", new byte[10], response);

        answer.resetBuffer();
        answer.getOutputStream().write(1);
        answer.finish();

        assertThat(response.getContentAsByteArray()).containsExactly(1);
    }
}
