package dev.deprovisioner.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Logs requests that a controller refused, although the caller has the scope: its entry does not allow the group. */
class RefusedGroups extends OncePerRequestFilter {

    private final RefusalLog log;

    RefusedGroups(RefusalLog log) {
        this.log = log;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (response.getStatus() == HttpServletResponse.SC_FORBIDDEN) {
            log.record(Refusals.forbidden(request, "group not allowed"), "");
        }
    }
}
