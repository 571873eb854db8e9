package dev.deprovisioner.audit;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class AuditTrailPostgresTest extends AuditTrailTest {}
