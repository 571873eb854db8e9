package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.database.DatabaseClock;
import dev.deprovisioner.deprovision.DeprovisionProperties;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.schedule.LeaseTiming;
import dev.deprovisioner.schedule.TaskQueue;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RunQueueConfiguration {

    /** The durable tasks that walk the runs. */
    @Bean
    TaskQueue deprovisionQueue(
            LeaseTiming timing,
            DataSource dataSource,
            DatabaseClock time,
            DeprovisionProperties properties,
            FairWorkerAllocation reserved,
            RunWorker run) {
        return new TaskQueue(
                "deprovision",
                properties.workers(),
                Optional.of(reserved),
                timing,
                dataSource,
                time,
                (id, lease) -> run.advance(DeprovisionId.of(id.value()), lease));
    }

    /** An attempt is observed for its context; a step's duration is recorded by hand when the step has ended. */
    @Bean
    static MeterFilter attemptsAreNoMeters() {
        return MeterFilter.denyNameStartsWith(AttemptRequestCounter.ATTEMPT);
    }
}
