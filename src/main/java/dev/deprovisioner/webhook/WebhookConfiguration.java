package dev.deprovisioner.webhook;

import dev.deprovisioner.database.DatabaseClock;
import dev.deprovisioner.identifier.DeliveryId;
import dev.deprovisioner.schedule.LeaseTiming;
import dev.deprovisioner.schedule.TaskId;
import dev.deprovisioner.schedule.TaskQueue;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The durable tasks that deliver. They have workers of their own, so that a slow receiver holds up no run. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    private static final int WORKERS = 4;

    @Bean
    TaskQueue webhookQueue(
            LeaseTiming timing, DataSource dataSource, DatabaseClock time, ObjectProvider<DeliveryTask> task) {
        return new TaskQueue(
                "webhook",
                WORKERS,
                Optional.empty(),
                timing,
                dataSource,
                time,
                (id, lease) -> perform(task.getObject(), id));
    }

    private static Optional<Instant> perform(DeliveryTask task, TaskId id) {
        return id.equals(ReceiverCircuitBreaker.PROBES) ? task.chooseTrial() : task.perform(DeliveryId.of(id.value()));
    }
}
