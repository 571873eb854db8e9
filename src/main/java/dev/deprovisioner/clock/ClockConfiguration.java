package dev.deprovisioner.clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The only place that reads the clocks of the system. The time of day comes from the database. */
@Configuration(proxyBeanMethods = false)
public class ClockConfiguration {

    @Bean
    MonotonicClock monotonicClock() {
        return System::nanoTime;
    }
}
