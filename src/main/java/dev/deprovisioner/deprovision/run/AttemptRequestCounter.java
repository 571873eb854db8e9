package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.deprovision.DeprovisionMetrics;
import dev.deprovisioner.deprovision.Step;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.client.observation.ClientRequestObservationContext;
import org.springframework.stereotype.Component;

/** Counts the requests to the provider that an attempt at a step sends, on any thread, as the client observes them. */
@Component
class AttemptRequestCounter implements ObservationHandler<Observation.Context> {

    static final String ATTEMPT = "deprovision.attempt";

    /** The observation of one attempt. */
    static final class Attempt extends Observation.Context {

        private final AtomicInteger requests = new AtomicInteger();

        Attempt(Step step) {
            setContextualName(DeprovisionMetrics.label(step));
            addHighCardinalityKeyValue(KeyValue.of("deprovision.step", step.name()));
        }

        StepResult recordResult(StepResult result) {
            addHighCardinalityKeyValue(
                    KeyValue.of("deprovision.result", result.getClass().getSimpleName()));
            return result;
        }

        int requests() {
            return requests.get();
        }
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof ClientRequestObservationContext;
    }

    @Override
    public void onStart(Observation.Context context) {
        var parent = context.getParentObservation();
        if (parent != null && parent.getContextView() instanceof Attempt attempt) {
            attempt.requests.incrementAndGet();
        }
    }
}
