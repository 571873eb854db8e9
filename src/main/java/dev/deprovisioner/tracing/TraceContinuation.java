package dev.deprovisioner.tracing;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Continues a trace after its first request and its process have ended. The trace context is stored with the work, and
 * the next process continues it.
 */
@Component
public class TraceContinuation {

    /** Observations of this name are spans and no meters. */
    static final String CONTINUED = "continued.trace";

    /** The header that carries the trace context to another service (W3C Trace Context, section 3.2). */
    public static final String HEADER = "traceparent";

    private final Tracer tracer;
    private final ObservationRegistry observations;

    public TraceContinuation(Tracer tracer, ObservationRegistry observations) {
        this.tracer = tracer;
        this.observations = observations;
    }

    /** The current span as a traceparent (W3C Trace Context, section 3.2); empty while tracing is off. */
    public Optional<String> current() {
        return isOn()
                ? Optional.ofNullable(tracer.currentTraceContext().context()).map(TraceContinuation::traceparent)
                : Optional.empty();
    }

    /**
     * A span for stored work, not yet started.
     *
     * @param origin gives the traceparent that was stored with the work, if any; not asked while nothing is traced
     */
    public Observation continuing(String name, Supplier<Optional<String>> origin) {
        return isOn()
                ? Observation.createNotStarted(CONTINUED, () -> received(origin.get()), observations)
                        .contextualName(name)
                : Observation.NOOP;
    }

    private boolean isOn() {
        return !tracer.equals(Tracer.NOOP);
    }

    private static ReceiverContext<Map<String, String>> received(Optional<String> origin) {
        var context = new ReceiverContext<Map<String, String>>(Map::get, Kind.CONSUMER);
        context.setCarrier(origin.map(parent -> Map.of(HEADER, parent)).orElse(Map.of()));
        return context;
    }

    private static String traceparent(TraceContext context) {
        var flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        return "00-" + context.traceId() + "-" + context.spanId() + "-" + flags;
    }
}
