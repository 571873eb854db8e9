package dev.deprovisioner.security;

import dev.deprovisioner.clock.MonotonicClock;
import org.apache.coyote.ProtocolHandler;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Applies to the port of callers. The chart's network policy lets only operators reach the other port. */
@Configuration(proxyBeanMethods = false)
class SlowRequestConfiguration {

    @Bean
    SlowRequests slowRequests(MonotonicClock clock) {
        return new SlowRequests(clock);
    }

    @Bean
    FilterRegistrationBean<SlowRequestFilter> slowRequestFilter(SlowRequests slow) {
        var filter = new FilterRegistrationBean<>(new SlowRequestFilter(slow));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slowRequestProtocol(SlowRequests slow) {
        return factory -> {
            factory.setProtocol(SlowRequestProtocol.class.getName());
            factory.addConnectorCustomizers(connector -> limit(slow, connector.getProtocolHandler()));
        };
    }

    private static void limit(SlowRequests slow, ProtocolHandler protocol) {
        if (protocol instanceof SlowRequestProtocol ours) {
            ours.limit(slow);
        }
    }
}
