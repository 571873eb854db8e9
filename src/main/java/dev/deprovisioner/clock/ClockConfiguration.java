package dev.deprovisioner.clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The only place that asks the system for the time. What time of day it is, the database says. */
@Configuration(proxyBeanMethods = false)
public class ClockConfiguration {

    @Bean
    MonotonicClock monotonicClock() {
        return System::nanoTime;
    }
}
