package dev.deprovisioner.providers;

import de.captaingoldfish.scim.sdk.common.resources.User;

/** For the schema of users. */
final class NoUsers extends NoStore<User> {}
