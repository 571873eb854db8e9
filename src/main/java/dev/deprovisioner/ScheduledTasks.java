package dev.deprovisioner;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Has a thread for each scheduled method: a statement that hangs in one delays no other, and is not repeated beside it. */
@Configuration(proxyBeanMethods = false)
class ScheduledTasks {

    /** At least as many as there are scheduled methods and queues. */
    static final int THREADS = 24;

    private static final int SHUTDOWN_SECONDS = 5;

    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        var scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("scheduled-");
        scheduler.setVirtualThreads(true);
        scheduler.setPoolSize(THREADS);
        // An interrupt may break a transaction off in its middle.
        scheduler.setWaitForTasksToCompleteOnShutdown(true);
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduler.setAwaitTerminationSeconds(SHUTDOWN_SECONDS);
        return scheduler;
    }
}
