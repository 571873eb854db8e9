package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The machine's clock differs by months from the database's, which the test steps. {@code ClocksTest} says that nothing
 * asks for the former; here, nothing that is kept shows it.
 */
class MachineClockTest extends StubbedProvider {

    @Test
    void decidesNoTimeOfARunItsDeliveryAndItsAuditEntries() {
        var begin = time.instant();
        onRead(with(), with(), noGroup(404));
        onDelete(status(204));

        var end = ended();

        assertThat(end.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(kept()).hasSizeGreaterThan(8).allMatch(at -> !at.isBefore(begin) && !at.isAfter(time.instant()));
        assertThat(ofSteps(end)).hasSize(8).allMatch(at -> !at.isBefore(begin) && !at.isAfter(time.instant()));
        // The first look comes at once, the second a second later.
        assertThat(Duration.between(begin, time.instant())).isEqualTo(Duration.ofSeconds(1));
    }

    private List<Instant> kept() {
        return jdbc.sql("""
                        SELECT requested_at FROM deprovision WHERE group_id = :group
                        UNION ALL SELECT started_at FROM deprovision WHERE group_id = :group
                        UNION ALL SELECT finished_at FROM deprovision WHERE group_id = :group
                        UNION ALL SELECT created_at FROM webhook_delivery WHERE group_id = :group
                        UNION ALL SELECT next_attempt_at FROM webhook_delivery WHERE group_id = :group
                        UNION ALL SELECT occurred_at FROM audit_entry WHERE group_id = :group
                        """)
                .param("group", group.value())
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .list();
    }

    private static List<Instant> ofSteps(Deprovision run) {
        return run.steps().records().stream()
                .flatMap(step -> Stream.of(step.startedAt(), step.finishedAt()))
                .filter(Objects::nonNull)
                .toList();
    }
}
