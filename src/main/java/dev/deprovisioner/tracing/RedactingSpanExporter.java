package dev.deprovisioner.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;

/**
 * Exports only the harmless parts of spans: the template of a URL, and the class of an exception. Its message may
 * repeat a URL or the text of a provider. Scrapes and probes are not exported at all.
 */
record RedactingSpanExporter(SpanExporter exporter) implements SpanExporter {

    private static final AttributeKey<String> URL = AttributeKey.stringKey("http.url");
    private static final AttributeKey<String> TEMPLATE = AttributeKey.stringKey("uri");

    private static final class Clean extends DelegatingSpanData {

        private final Attributes attributes;

        Clean(SpanData span) {
            super(span);
            this.attributes = span.getAttributes().toBuilder().remove(URL).build();
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return exporter.export(spans.stream()
                .filter(span -> !isManagement(span))
                .<SpanData>map(Clean::new)
                .toList());
    }

    private static boolean isManagement(SpanData span) {
        var template = span.getAttributes().get(TEMPLATE);
        return template != null && template.startsWith("/actuator");
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
