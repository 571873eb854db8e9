package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditEntry.Status;
import dev.deprovisioner.audit.AuditEntry.Subject;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The trail: entries are read as they were written, in that order, and only a transaction can add one. */
@JdbcTest
@Import({AuditTrail.class, WithoutKeys.class})
@ResourceLock("the audit tables")
class AuditTrailTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
    private static final GroupId GROUP = new GroupId("größe …");

    @Autowired
    private AuditTrail trail;

    private static Subject subject(GroupId group) {
        return new Subject(DeprovisionId.next(), group, new Caller("portal"), "Ann", "It's \"over\"");
    }

    @Test
    void readsWhatItWroteInThatOrder() {
        var subject = subject(GROUP);
        var request = subject.entry(NOW, Action.REQUEST, Status.SUCCESS, 0, null, false);
        var validate = subject.entry(NOW, Action.VALIDATE, Status.FAILED, 12, "No profile.", false);
        var webhook = subject.entry(NOW.minusMillis(1), Action.WEBHOOK, Status.SUCCESS, 5, null, true);
        trail.append(request);
        trail.append(validate);
        trail.append(webhook);

        assertThat(trail.list(GROUP, 0, 10)).containsExactly(request, validate, webhook);
        assertThat(trail.list(GROUP, 0, 2)).containsExactly(request, validate);
    }

    @Test
    void readsOneGroupOrAll() {
        var one = subject(GROUP).entry(NOW, Action.REQUEST, Status.SUCCESS, 0, null, false);
        var other = subject(new GroupId("another")).entry(NOW, Action.REQUEST, Status.BLOCKED, 0, null, false);
        trail.append(one);
        trail.append(other);

        assertThat(trail.list(GROUP, 0, 10)).containsExactly(one);
        assertThat(trail.list(null, 0, 10)).containsExactly(one, other);
    }

    @Test
    void readsWhatANewerVersionWroteInItsOwnWords(@Autowired JdbcClient jdbc) {
        jdbc.sql("""
                        INSERT INTO audit_entry (occurred_at, group_id, action, status, latency_ms, webhook_synced, outcome)
                        VALUES (CURRENT_TIMESTAMP, ?, 'APPROVE', 'ASKED', 0, FALSE, 'ARCHIVED')
                        """).param(GROUP.value()).update();

        assertThat(trail.list(GROUP, 0, 10)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("APPROVE");
            assertThat(entry.status()).isEqualTo("ASKED");
            assertThat(entry.outcome()).isEqualTo("ARCHIVED");
        });
    }

    @Test
    @Transactional(propagation = Propagation.NEVER)
    void takesNothingOutsideATransaction() {
        var entry = subject(GROUP).entry(NOW, Action.REQUEST, Status.SUCCESS, 0, null, false);

        assertThatThrownBy(() -> trail.append(entry)).isInstanceOf(IllegalTransactionStateException.class);
    }
}
