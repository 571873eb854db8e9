package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Deprovisions;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A run that leaves its worker while it removes members sends no further removal, and resumes with a read. */
class YieldedWorkerTest extends StubbedProvider {

    @Autowired
    private StepAttempt attempts;

    @Autowired
    private Deprovisions runs;

    @Test
    void aRemovalResumesAfterAnotherCallersRun() {
        onRead(with("ann"), with("ann"), with("ann"), with("ann"), with(), noGroup(404));
        onPatch(status(503), status(204));
        onDelete(status(204));
        var waiting = begun();
        assertThat(waiting.step()).isEqualTo(Step.REMOVE_MEMBERS);
        var due = Objects.requireNonNull(waiting.timeline().nextAttemptAt());
        var started = runs.save(waiting.started(due));
        provider.resetRequests();

        var left = attempts.perform(started, null, lease, () -> true);

        assertThat(left.result()).isEqualTo(new StepResult.Yielded());
        assertSent(1, 0, 0);
        var yielded = runs.save(left.after());
        assertThat(yielded.status()).isEqualTo(Status.WAITING);
        assertThat(yielded.verdict().problem()).isEqualTo(waiting.verdict().problem());
        assertThat(ended(goneOn()).verdict().outcome()).isEqualTo(Outcome.DELETED);
    }
}
