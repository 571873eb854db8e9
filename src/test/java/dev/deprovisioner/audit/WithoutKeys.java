package dev.deprovisioner.audit;

import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@TestConfiguration
public class WithoutKeys {

    @Bean
    AuditProperties auditProperties() {
        return new AuditProperties(List.of(), null);
    }
}
