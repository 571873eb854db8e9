package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.doCallRealMethod;

import dev.deprovisioner.audit.AuditTrail;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.deprovision.Step;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;
import org.springframework.test.util.AopTestUtils;

/** What cannot be audited does not happen. */
class UnwritableAuditTest extends StubbedProvider {

    @MockitoSpyBean
    private AuditTrail audit;

    private void unwritable() {
        willThrow(new DataAccessResourceFailureException("no space"))
                .given(behindTheTransaction())
                .append(any());
    }

    private void writableAgain() {
        doCallRealMethod().when(behindTheTransaction()).append(any());
    }

    private AuditTrail behindTheTransaction() {
        return AopTestUtils.getUltimateTargetObject(audit);
    }

    @Test
    void noRunIsAccepted() {
        unwritable();

        assertThatThrownBy(this::requested).isInstanceOf(DataAccessException.class);

        assertThat(history.latest(group)).isEmpty();
    }

    @Test
    void noStepEndsAndNothingIsChanged() {
        onRead(with("ann"), with("ann"), with(), noGroup(404));
        onPatch(status(204));
        onDelete(status(204));
        var accepted = requested();
        unwritable();

        assertThatThrownBy(() -> advance(accepted)).isInstanceOf(DataAccessException.class);

        assertThat(latest().step()).isEqualTo(Step.VALIDATE);
        assertSent(1, 0, 0);

        writableAgain();
        advance(latest());
        assertThat(latest().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(trail()).containsOnlyOnce("VALIDATE SUCCESS");
    }
}
