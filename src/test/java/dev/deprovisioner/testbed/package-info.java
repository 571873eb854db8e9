/** Real counterparts for whole-application tests: a SCIM server and an OAuth 2.0 token server on loopback. */
@NullMarked
package dev.deprovisioner.testbed;

import org.jspecify.annotations.NullMarked;
