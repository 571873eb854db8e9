package dev.deprovisioner.deprovision.step;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.RunEnded;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.webhook.DeprovisionUnsuccessful;
import dev.deprovisioner.webhook.GroupDeprovisioned;
import dev.deprovisioner.webhook.Outbox;
import dev.deprovisioner.webhook.WebhookEventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The receiver is notified of the ends that it is subscribed to, and of no others. */
class RunEndNotifierTest {

    private static final DeprovisionId ID = DeprovisionId.next();
    private static final GroupId GROUP = new GroupId("g1");
    private static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");

    private final Outbox outbox = mock();
    private final RunEndNotifier notifier = new RunEndNotifier(outbox);

    private static RunEnded end(Status status, @Nullable Integer membersRemoved) {
        return status == Status.SUCCEEDED
                ? new RunEnded(ID, GROUP, status, AT, Outcome.DELETED, null, membersRemoved)
                : new RunEnded(ID, GROUP, status, AT, null, ProblemType.GROUP_CHANGED, membersRemoved);
    }

    private void subscribe(WebhookEventType event) {
        given(outbox.isSubscribed(event)).willReturn(true);
    }

    private void verifyNothingAnnounced() {
        verify(outbox, never()).add(any(GroupDeprovisioned.class));
        verify(outbox, never()).add(any(DeprovisionUnsuccessful.class));
    }

    @Test
    void announcesASuccess() {
        subscribe(WebhookEventType.GROUP_DEPROVISIONED);

        notifier.announce(end(Status.SUCCEEDED, 3));

        verify(outbox).add(new GroupDeprovisioned(ID, GROUP, AT, "DELETED", 3));
    }

    @ParameterizedTest
    @CsvSource({"BLOCKED, GROUP_DEPROVISION_BLOCKED, 0", "FAILED, GROUP_DEPROVISION_FAILED,"})
    void announcesAnEndWithoutSuccess(Status status, WebhookEventType event, @Nullable Integer membersRemoved) {
        subscribe(event);

        notifier.announce(end(status, membersRemoved));

        verify(outbox).add(new DeprovisionUnsuccessful(event, ID, GROUP, AT, "group-changed", membersRemoved));
    }

    @Test
    void announcesNoCancelledRun() {
        for (var event : WebhookEventType.values()) {
            subscribe(event);
        }

        notifier.announce(end(Status.CANCELLED, 0));

        verifyNothingAnnounced();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"SUCCEEDED", "BLOCKED", "FAILED"},
            mode = Mode.INCLUDE)
    void announcesNothingToAReceiverThatIsNotSubscribed(Status status) {
        notifier.announce(end(status, 0));

        verifyNothingAnnounced();
    }
}
