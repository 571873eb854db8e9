package dev.deprovisioner.security;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.database.CallerBulkhead;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.ProblemWriter;
import dev.deprovisioner.problem.RequestProblems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Bounds how many large answers to GETs are in memory: a caller that reads them slowly holds no more than its share, and not
 * for long. Answers to other methods are small.
 */
class LargeAnswers extends CallerFilter {

    private final RequestMatcher ofOperators;
    private final CallerBulkhead places;
    private final ProblemWriter problems;
    private final MonotonicClock clock;

    /** @param ofOperators requests that are no caller's, such as those for health */
    LargeAnswers(RequestMatcher ofOperators, CallerBulkhead places, ProblemWriter problems, MonotonicClock clock) {
        this.ofOperators = ofOperators;
        this.places = places;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.GET.matches(request.getMethod()) || ofOperators.matches(request);
    }

    @Override
    void filter(Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var answer = new BoundedAnswer(response, caller, places, clock)) {
            chain.doFilter(request, answer);
            if (answer.isRefused()) {
                refuse(request, response);
            } else {
                answer.finish();
            }
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setContentLengthLong(-1);
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        problems.write(request, response, RequestProblems.tooManyLargeAnswers());
    }
}
