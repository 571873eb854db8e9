package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitsTest {

    @Test
    void theEndOfARunCountsWithItsDelivery() {
        var end = commit(
                7,
                "UPDATE deprovision\nSET status = $1",
                "INSERT INTO webhook_delivery (id) VALUES ($1)",
                "INSERT INTO webhook_task (task_name) VALUES ($1)");

        assertThat(Commits.commits(end))
                .containsExactly(
                        "- `UPDATE deprovision SET status = $1`; `INSERT INTO webhook_delivery (id) VALUES ($1)`; "
                                + "`INSERT INTO webhook_task (task_name) VALUES ($1)`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE deprovision_task SET last_heartbeat = $1",
                "UPDATE audit_chain SET sequence = $1",
                "UPDATE webhook_delivery SET status = $1",
                "UPDATE webhook_task SET picked = TRUE",
                "UPDATE webhook_receiver SET failures = $1"
            })
    void whatGoesOnBesideTheRunDoesNotCount(String sql) {
        assertThat(Commits.commits(commit(7, "INSERT INTO audit_entry (id) VALUES ($1)", sql)))
                .isEmpty();
    }

    @Test
    void statementsOfOneTransactionAreOneCommit() {
        var statements = Stream.of(commit(7, "INSERT", "UPDATE"), commit(0, "SELECT"), commit(8, "DELETE"))
                .flatMap(List::stream)
                .toList();

        assertThat(Commits.commits(statements)).containsExactly("- `INSERT`; `UPDATE`", "- `DELETE`");
    }

    private static List<Statement> commit(long transaction, String... statements) {
        return Stream.of(statements)
                .map(sql -> new Statement("plain", transaction, sql))
                .toList();
    }
}
