package dev.deprovisioner.deprovision;

import static org.junit.jupiter.api.parallel.ExecutionMode.SAME_THREAD;

import dev.deprovisioner.testbed.SteppedTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Execution;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.jdbc.JdbcTestUtils;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** The table of runs, empty at the start of each test, and what reads and writes it. */
@JdbcTest
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({Deprovisions.class, DeprovisionRow.class})
@Execution(SAME_THREAD)
abstract class RunTable {

    final SteppedTime time = new SteppedTime();

    @Autowired
    Deprovisions runs;

    @Autowired
    DeprovisionRow row;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @BeforeEach
    void empty(@Autowired JdbcTemplate template) {
        JdbcTestUtils.deleteFromTables(template, "idempotency_key", "group_snapshot", "deprovision");
    }
}
