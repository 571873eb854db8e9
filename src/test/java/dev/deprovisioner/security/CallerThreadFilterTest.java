package dev.deprovisioner.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.database.CallerThread;
import dev.deprovisioner.identifier.Caller;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** For whom the thread of a request uses the database. */
class CallerThreadFilterTest {

    private final List<Optional<Caller>> during = new ArrayList<>();

    @AfterEach
    void leave() {
        SecurityContextHolder.clearContext();
    }

    private Optional<Caller> callerDuring(String path) throws ServletException, IOException {
        new CallerThreadFilter(request -> request.getRequestURI().startsWith("/actuator"))
                .doFilter(
                        new MockHttpServletRequest("GET", path),
                        new MockHttpServletResponse(),
                        (request, response) -> during.add(CallerThread.caller()));
        assertThat(CallerThread.caller()).isEmpty();
        return during.getLast();
    }

    @Test
    void aRequestOfACallerUsesTheShareOfCallers() throws ServletException, IOException {
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("portal", null));

        assertThat(callerDuring("/deprovisions")).contains(new Caller("portal"));
    }

    @Test
    void aProbeAndARequestWithoutACallerUseThatOfTheService() throws ServletException, IOException {
        assertThat(callerDuring("/deprovisions")).isEmpty();
        SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("portal", null));

        assertThat(callerDuring("/actuator/health")).isEmpty();
    }
}
