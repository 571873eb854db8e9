package dev.deprovisioner.chaos.witness;

import dev.deprovisioner.schedule.LeaseTiming;
import java.time.Duration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

/** Shorter leases for a service with this package on its class path; found there as the service's own beans are. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(ShortLease.HEARTBEAT)
public class ShortLease {

    /** A duration that only tests set, such as {@code 2s}. */
    public static final String HEARTBEAT = "witness.heartbeat";

    @Bean
    @Primary
    static LeaseTiming shortLeaseTiming(Environment environment) {
        return of(environment.getRequiredProperty(HEARTBEAT, Duration.class));
    }

    /** What a service has that is started with this heartbeat. */
    public static LeaseTiming of(Duration heartbeat) {
        var production = LeaseTiming.PRODUCTION;
        return new LeaseTiming(heartbeat, production.missedHeartbeats(), production.polling());
    }
}
