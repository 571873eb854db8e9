package dev.deprovisioner;

import dev.deprovisioner.clock.ClockConfiguration;
import dev.deprovisioner.database.SyncedFilePath;
import dev.deprovisioner.schedule.LeaseTiming;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Removes SCIM groups from an identity provider, safely and provably. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@Import(ClockConfiguration.class)
public class DeprovisionerApplication {

    /** At least as many as there are methods with {@code @Scheduled}. */
    static final int SCHEDULED_TASKS = 16;

    static void main(String[] args) {
        SyncedFilePath.register();
        SpringApplication.run(DeprovisionerApplication.class, args);
    }

    @Bean
    static LeaseTiming leaseTiming() {
        return LeaseTiming.PRODUCTION;
    }

    /**
     * A thread for each task that is scheduled: a query that hangs holds up no other task, and the next one of the same
     * task waits for it.
     */
    @Bean
    static ThreadPoolTaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(SCHEDULED_TASKS);
        scheduler.setThreadFactory(Thread.ofVirtual().name("scheduled-", 0).factory());
        return scheduler;
    }
}
