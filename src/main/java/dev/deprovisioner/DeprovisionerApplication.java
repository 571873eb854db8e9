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

/** Removes SCIM groups from an identity provider, safely and provably. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@Import(ClockConfiguration.class)
public class DeprovisionerApplication {

    static void main(String[] args) {
        SyncedFilePath.register();
        SpringApplication.run(DeprovisionerApplication.class, args);
    }

    @Bean
    static LeaseTiming leaseTiming() {
        return LeaseTiming.PRODUCTION;
    }
}
