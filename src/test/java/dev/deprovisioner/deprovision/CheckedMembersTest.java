package dev.deprovisioner.deprovision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.identifier.MemberId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Answers about members belong to the checks that gave them, and only the owner of the run writes them. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Deprovisions.class, DeprovisionRow.class, CheckedMembers.class})
@Execution(SAME_THREAD)
class CheckedMembersTest {

    private static final String CHECKS = "ROUTING_PROFILE";
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
    private static final MemberId ANN = new MemberId("ann");
    private static final MemberId BOB = new MemberId("größe \"1\"");

    @Autowired
    private Deprovisions runs;

    @Autowired
    private CheckedMembers checked;

    private final Deprovision run = Runs.scheduled();

    @BeforeEach
    void insertRun(@Autowired JdbcTemplate jdbc) {
        JdbcTestUtils.deleteFromTables(jdbc, "checked_members", "group_snapshot", "deprovision");
        runs.insert(run);
    }

    @Test
    void keepsTheLastAnswerAboutEachMember() {
        checked.add(run, CHECKS, List.of(ANN, BOB), NOW);
        checked.add(run, CHECKS, List.of(ANN), NOW.plusSeconds(9));
        checked.add(run, CHECKS, List.of(ANN), NOW.plusSeconds(5));

        assertThat(checked.find(run.id(), CHECKS)).containsOnly(entry(ANN, NOW.plusSeconds(9)), entry(BOB, NOW));
    }

    @Test
    void doesNotFindTheAnswersOfOtherChecks() {
        checked.add(run, CHECKS, List.of(ANN), NOW);

        assertThat(checked.find(run.id(), "OTHER_CHECK,ROUTING_PROFILE")).isEmpty();
    }

    @Test
    void keepsNoAnswerOfAProcessThatHasLostTheRun() {
        runs.save(run.started(NOW));

        assertThatThrownBy(() -> checked.add(run, CHECKS, List.of(ANN), NOW))
                .isInstanceOf(OptimisticLockingFailureException.class);

        assertThat(checked.find(run.id(), CHECKS)).isEmpty();
    }

    @Test
    void forgetsOnlyForTheOwner() {
        var owned = runs.save(run.started(NOW));
        checked.add(owned, CHECKS, List.of(ANN), NOW);

        checked.forget(run);
        assertThat(checked.find(run.id(), CHECKS)).hasSize(1);

        checked.forget(owned);
        assertThat(checked.find(run.id(), CHECKS)).isEmpty();
    }
}
