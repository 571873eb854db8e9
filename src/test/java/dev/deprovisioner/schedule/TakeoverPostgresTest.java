package dev.deprovisioner.schedule;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class TakeoverPostgresTest extends TakeoverTest {}
