package dev.deprovisioner.scim;

import dev.deprovisioner.testbed.OnPostgres;

@OnPostgres
class MemberListingPostgresTest extends MemberListingTest {}
