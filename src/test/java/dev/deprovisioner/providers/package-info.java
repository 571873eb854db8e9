/** Stand-ins of SCIM providers that enforce the limits which each provider documents, and the presets before them. */
@NullMarked
package dev.deprovisioner.providers;

import org.jspecify.annotations.NullMarked;
