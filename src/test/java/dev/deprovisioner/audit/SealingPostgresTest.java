package dev.deprovisioner.audit;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class SealingPostgresTest extends SealingTest {}
