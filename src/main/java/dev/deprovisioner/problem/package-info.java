/** A failure as a value (RFC 9457), the catalogues of its texts, and its one mapping to HTTP. */
@NullMarked
package dev.deprovisioner.problem;

import org.jspecify.annotations.NullMarked;
