package dev.deprovisioner.benchmark.baseline;

import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.Workflow;
import java.time.Duration;

/**
 * Workflows of DBOS Transact with four steps that do nothing. Each thread executes one after the other: without a queue,
 * which is quicker than with one.
 */
final class FourSteps {

    /** DBOS calls workflows by an interface. */
    interface Removal {

        String remove(String group);
    }

    private final int threads;
    private final Removal removal;

    FourSteps(String database, int threads) {
        this.threads = threads;
        var pool = new HikariDataSource();
        pool.setJdbcUrl(database);
        pool.setMaximumPoolSize(threads + 4);
        var dbos = new DBOS(DBOSConfig.defaults("benchmark").withDataSource(pool));
        this.removal = dbos.registerProxy(Removal.class, new Steps(dbos));
        dbos.launch();
    }

    /** How many a second were executed. */
    double perSecond(Duration time) {
        return Load.of(threads, time, i -> () -> removal.remove("group")).perSecond();
    }

    private record Steps(DBOS dbos) implements Removal {

        @Workflow(name = "remove")
        @Override
        public String remove(String group) {
            dbos.runStep(() -> group, "validate");
            dbos.runStep(() -> group, "remove members");
            dbos.runStep(() -> group, "delete group");
            return dbos.runStep(() -> group, "sync directory");
        }
    }
}
