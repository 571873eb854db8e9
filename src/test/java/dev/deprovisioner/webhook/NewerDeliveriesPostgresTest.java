package dev.deprovisioner.webhook;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class NewerDeliveriesPostgresTest extends NewerDeliveriesTest {}
