package dev.deprovisioner.security;

import dev.deprovisioner.database.CallerThread;
import dev.deprovisioner.identifier.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Names the caller of a request, so that it takes no connection of the database that the service itself needs. */
class CallerThreadFilter extends CallerFilter {

    private final RequestMatcher ofOperators;

    /** @param ofOperators requests that are no caller's, such as those for health */
    CallerThreadFilter(RequestMatcher ofOperators) {
        this.ofOperators = ofOperators;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return ofOperators.matches(request);
    }

    @Override
    void filter(Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var thread = CallerThread.of(caller)) {
            chain.doFilter(request, response);
        }
    }
}
