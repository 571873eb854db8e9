package dev.deprovisioner;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** What tests add to the whole application: all of it, so that they can share one. */
final class AddedBeans {

    private AddedBeans() {}

    /** Remembers the context behind each port; that of the management port is not a bean, and starts again after a pause. */
    static class Servers implements ApplicationListener<WebServerInitializedEvent> {

        private final Set<ApplicationContext> contexts = new CopyOnWriteArraySet<>();

        @Override
        public void onApplicationEvent(WebServerInitializedEvent event) {
            contexts.add(event.getApplicationContext());
        }

        Set<ApplicationContext> contexts() {
            return contexts;
        }
    }

    /** A fault before the filters of Spring Security. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static class FailsFirst extends Fails {
        FailsFirst() {
            super("/first");
        }
    }

    /** A fault behind them. */
    @Order(Ordered.LOWEST_PRECEDENCE)
    static class FailsLast extends Fails {
        FailsLast() {
            super("/last");
        }
    }

    abstract static class Fails extends OncePerRequestFilter {

        private final String path;

        Fails(String path) {
            this.path = path;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (request.getRequestURI().equals(path)) {
                throw new ServletException("c4nary");
            }
            chain.doFilter(request, response);
        }
    }
}
