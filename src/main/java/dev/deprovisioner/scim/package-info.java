/** Speaks SCIM (RFC 7643, RFC 7644) to the upstream; knows no workflow. */
@NullMarked
package dev.deprovisioner.scim;

import org.jspecify.annotations.NullMarked;
