package dev.deprovisioner.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.security.web.header.Header;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CompositeHeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.stereotype.Component;

/**
 * The headers for browsers and caches on every answer of both ports, also on answers before any filter. They forbid
 * storing, guessing of media types, and framing. A header that an answer has already stays; HSTS goes over https only.
 */
@Component
class ResponseHeaders implements HeaderWriter {

    private final HeaderWriter headers = new CompositeHeaderWriter(List.of(
            new StaticHeadersWriter(List.of(
                    new Header("Cache-Control", "no-store"),
                    new Header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
                    new Header("Referrer-Policy", "no-referrer"),
                    new Header("X-Content-Type-Options", "nosniff"),
                    new Header("X-Frame-Options", "DENY"))),
            new HstsHeaderWriter()));

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        headers.writeHeaders(request, response);
    }
}
