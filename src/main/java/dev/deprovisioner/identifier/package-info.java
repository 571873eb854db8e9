/** Self-validating identifiers that every package may use, and the caller that a thread works for. */
@NullMarked
package dev.deprovisioner.identifier;

import org.jspecify.annotations.NullMarked;
