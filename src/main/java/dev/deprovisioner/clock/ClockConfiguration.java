package dev.deprovisioner.clock;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The only place that asks the system for the time. */
@Configuration(proxyBeanMethods = false)
public class ClockConfiguration {

    /** Whole milliseconds, as both databases keep them: what is read back equals what was written. */
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Bean
    MonotonicClock monotonicClock() {
        return System::nanoTime;
    }
}
