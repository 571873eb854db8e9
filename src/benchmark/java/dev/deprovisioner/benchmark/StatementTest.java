package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {

    @Test
    void isReadWithItsDatabaseAndTransaction() {
        assertThat(Statement.of("plain|796|LOG:  duration: 0.066 ms  execute S_3: DELETE FROM task"))
                .contains(new Statement("plain", 796, "DELETE FROM task"));
        assertThat(Statement.of("plain|0|LOG:  duration: 1 ms  statement: SELECT 1"))
                .contains(new Statement("plain", 0, "SELECT 1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain|0|LOG:  duration: 0.2 ms  parse S_3: DELETE FROM task",
                "plain|0|LOG:  duration: 0.1 ms  bind S_3: DELETE FROM task",
                "|0|LOG:  checkpoint starting: time",
                "plain|0|ERROR:  duplicate key"
            })
    void othersAreLeftOut(String line) {
        assertThat(Statement.of(line)).isEmpty();
    }

    @Test
    void beginAndCommitAreNoWorkOfTheirOwn() {
        assertThat(new Statement("plain", 1, "COMMIT").isControl()).isTrue();
        assertThat(new Statement("plain", 1, "UPDATE task SET picked = TRUE").isControl())
                .isFalse();
    }
}
