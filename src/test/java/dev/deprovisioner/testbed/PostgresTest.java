package dev.deprovisioner.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresTest {

    private static final Postgres DATABASE = Postgres.create();

    /** Tests of crashes would prove little on a server that trades durability for speed. */
    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void isAsDurableAsInProduction(String setting) {
        var value = JdbcClient.create(DATABASE.application())
                .sql("SELECT current_setting(:name)")
                .param("name", setting)
                .query(String.class)
                .single();

        assertThat(value).isEqualTo("on");
    }
}
