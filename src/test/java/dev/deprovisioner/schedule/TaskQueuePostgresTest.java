package dev.deprovisioner.schedule;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class TaskQueuePostgresTest extends TaskQueueTest {}
