package dev.deprovisioner.deprovision.run;

import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.Status;
import dev.deprovisioner.problem.ProblemType;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database was restored from a backup, while the provider and the receiver have seen what came after it. */
class RestoredDatabaseTest extends StubbedProvider {

    @BeforeEach
    void groupWithAMember() {
        onRead(with("ann"));
    }

    @AfterEach
    void forgetTheBackup() {
        jdbc.sql("DROP TABLE IF EXISTS backup").update();
    }

    private void backUp() {
        jdbc.sql("CREATE TABLE backup AS SELECT * FROM deprovision WHERE group_id = ?")
                .param(group.value())
                .update();
    }

    /** @return the webhook that the lost part of the run had announced */
    private String lostAnnouncement() {
        provider.resetScenarios();
        onRead(with("ann"), with(), noGroup(404));
        onPatch(status(204));
        onDelete(status(204));
        assertThat(ended(latest()).verdict().outcome()).isEqualTo(Outcome.DELETED);
        return announcement();
    }

    private String announcement() {
        return jdbc.sql("SELECT id FROM webhook_delivery WHERE group_id = ?")
                .param(group.value())
                .query(String.class)
                .single();
    }

    private void restore() {
        jdbc.sql("MERGE INTO deprovision KEY (id) SELECT * FROM backup").update();
        jdbc.sql("DELETE FROM webhook_delivery WHERE group_id = ?")
                .param(group.value())
                .update();
        provider.resetRequests();
    }

    @Test
    void aRunThatHadSentNothingFindsTheGroupGoneAndAnnouncesThatUnderTheSameId() {
        lease = () -> Duration.ZERO;
        assertThat(begun().hasChangeIntent()).isFalse();
        backUp();
        lease = () -> Duration.ofSeconds(20);
        var lost = lostAnnouncement();
        restore();

        var end = ended(latest());

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.ALREADY_ABSENT);
        assertThat(announcement()).isEqualTo(lost);
        assertSent(2, 0, 0);
    }

    @Test
    void aRunThatHadBegunToDeleteFindsItsDeletionDoneAndAnnouncesThatUnderTheSameId() {
        provider.resetScenarios();
        onRead(with("ann"), with());
        onPatch(status(204));
        onDelete(status(500));
        assertThat(begun().hasDeleteIntent()).isTrue();
        backUp();
        var lost = lostAnnouncement();
        restore();

        var end = ended(latest());

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(announcement()).isEqualTo(lost);
        assertSent(1, 0, 0);
    }

    @Test
    void aRunThatHadReadNothingCannotKnowThatItHadDeletedTheGroup() {
        requested();
        backUp();
        advance(latest());
        restore();
        onRead(noGroup(404));

        advance(latest());

        assertEnd(latest(), Status.BLOCKED, ProblemType.GROUP_NOT_FOUND);
    }

    @Test
    void aRunOfABackupThatIsOlderThanTheDeadlineOnlyLooks() {
        provider.resetScenarios();
        onRead(with("ann"), with());
        onPatch(status(204));
        onDelete(status(500));
        begun();
        backUp();
        lostAnnouncement();
        restore();
        time.step(Duration.ofHours(24));

        assertThat(ended(latest()).verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertSent(1, 0, 0);
    }
}
