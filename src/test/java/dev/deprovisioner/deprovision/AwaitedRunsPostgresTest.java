package dev.deprovisioner.deprovision;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class AwaitedRunsPostgresTest extends AwaitedRunsTest {}
