/** Authentication of callers, and the routes that each scope opens. */
@NullMarked
package dev.deprovisioner.security;

import org.jspecify.annotations.NullMarked;
