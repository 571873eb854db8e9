package dev.deprovisioner.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;

class ProblemAdviceTest {

    private static final Problem BUSY = new Problem(ProblemType.UNAVAILABLE, "Busy.");

    private static HttpHeaders answered(ProblemException e) {
        return new ProblemAdvice()
                .known(e, new MockHttpServletRequest("GET", "/audit-entries/verification"))
                .getHeaders();
    }

    @Test
    void saysWhenToTryAgainIfThatIsKnown() {
        assertThat(answered(new ProblemException(BUSY, Duration.ofSeconds(5))).getFirst(HttpHeaders.RETRY_AFTER))
                .isEqualTo("5");
        assertThat(answered(new ProblemException(BUSY)).containsHeader(HttpHeaders.RETRY_AFTER))
                .isFalse();
    }
}
