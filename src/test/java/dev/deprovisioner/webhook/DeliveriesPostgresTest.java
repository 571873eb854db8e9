package dev.deprovisioner.webhook;

import dev.deprovisioner.testbed.OnPostgres;
import org.springframework.test.context.TestPropertySource;

/** The database was migrated before, so that Flyway need not even look at it. */
@OnPostgres
@TestPropertySource(properties = "spring.flyway.enabled=false")
class DeliveriesPostgresTest extends DeliveriesTest {}
