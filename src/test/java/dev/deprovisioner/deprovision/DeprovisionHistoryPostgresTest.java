package dev.deprovisioner.deprovision;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class DeprovisionHistoryPostgresTest extends DeprovisionHistoryTest {}
