package dev.deprovisioner.audit;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class OtherWritersPostgresTest extends OtherWritersTest {}
