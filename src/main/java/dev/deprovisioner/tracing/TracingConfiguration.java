package dev.deprovisioner.tracing;

import io.micrometer.core.instrument.config.MeterFilter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

    /** Wraps every exporter of spans, so that none exports a span that was not cleaned. */
    @Bean
    static BeanPostProcessor cleanSpans() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof SpanExporter exporter ? new RedactingSpanExporter(exporter) : bean;
            }
        };
    }

    @Bean
    static MeterFilter continuedTracesAreNoMeters() {
        return MeterFilter.denyNameStartsWith(TraceContinuation.CONTINUED);
    }
}
