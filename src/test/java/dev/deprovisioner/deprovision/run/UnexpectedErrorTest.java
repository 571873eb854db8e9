package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;

import dev.deprovisioner.dependency.Dependencies;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

/** An unforeseen error neither loses the run nor keeps it for ever. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class UnexpectedErrorTest extends StubbedProvider {

    @MockitoSpyBean
    private Dependencies dependencies;

    @Test
    void waitsLikeAnOutageAndGoesOnWhenItPasses(CapturedOutput output) {
        onRead(with("ann"), with("ann"), with(), noGroup(404));
        onPatch(status(204));
        onDelete(status(204));
        willThrow(new IllegalStateException("a defect"))
                .willThrow(new IllegalStateException("a defect"))
                .willCallRealMethod()
                .given(dependencies)
                .findFor(any(), any(), any());
        assertParked(begun(), Step.VALIDATE, ProblemType.INTERNAL_ERROR);
        assertThat(goneOn().status()).isEqualTo(Status.WAITING);
        assertThat(goneOn().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(output.getOut().lines().filter("java.lang.IllegalStateException: a defect"::equals))
                .as("stacks")
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void endsAtTheDeadlineAndReleasesTheGroup() {
        onRead(with("ann"));
        willThrow(new IllegalStateException("a defect")).given(dependencies).findFor(any(), any(), any());
        begun();
        time.step(Duration.ofHours(24));
        assertEnd(goneOn(), Status.FAILED, ProblemType.INTERNAL_ERROR);
    }

    @Test
    void endsAtTheDeadlineAlsoARunThatCannotBeRead() {
        var run = requested();
        jdbc.sql("UPDATE deprovision SET steps = '[{' WHERE id = ?")
                .param(run.id().value())
                .update();
        assertThatThrownBy(() -> advance(run)).isInstanceOf(RuntimeException.class);
        time.step(Duration.ofHours(24));
        assertThat(advance(run)).isNull();
        var stored = jdbc.sql(
                        "SELECT status || ' ' || COALESCE(active_group_id, '-') || problem FROM deprovision WHERE id = ?")
                .param(run.id().value())
                .query(String.class)
                .single();
        assertThat(stored).startsWith("FAILED -").contains("INTERNAL_ERROR");
        assertThat(trail()).containsExactly("REQUEST SUCCESS", "VALIDATE FAILED");
    }
}
