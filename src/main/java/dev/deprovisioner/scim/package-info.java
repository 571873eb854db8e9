/** SCIM (RFC 7643, RFC 7644) towards the provider: groups client, removal matrix, evidence; knows no workflow. */
@NullMarked
package dev.deprovisioner.scim;

import org.jspecify.annotations.NullMarked;
