package dev.deprovisioner.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says when a request has arrived, and when it is answered. */
class SlowRequestFilter extends OncePerRequestFilter {

    private final SlowRequests slow;

    SlowRequestFilter(SlowRequests slow) {
        this.slow = slow;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var connection = request.getServletConnection().getConnectionId();
        if (slow.isFull()) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        try {
            if (hasBody(request)) {
                chain.doFilter(new ArrivingBody(request, () -> slow.arrived(connection)), response);
            } else {
                slow.arrived(connection);
                chain.doFilter(request, response);
            }
        } finally {
            slow.answered(connection);
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }
}
