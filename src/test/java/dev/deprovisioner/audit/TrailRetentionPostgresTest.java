package dev.deprovisioner.audit;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class TrailRetentionPostgresTest extends TrailRetentionTest {}
