package dev.deprovisioner;

import dev.deprovisioner.schedule.DurableFile;
import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Takes SCIM groups out of an identity provider, safely and provably. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class DeprovisionerApplication {

    static void main(String[] args) {
        DurableFile.register();
        SpringApplication.run(DeprovisionerApplication.class, args);
    }

    /** Whole milliseconds, as both databases keep them: what is read back equals what was written. */
    @Bean
    Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }
}
