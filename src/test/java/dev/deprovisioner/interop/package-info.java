/**
 * Whole runs against servers that this project did not write: Keycloak as provider and as issuer of all tokens, and
 * scim-sdk-server. They run under the Maven profile {@code interop}, which fetches Keycloak.
 */
@NullMarked
package dev.deprovisioner.interop;

import org.jspecify.annotations.NullMarked;
