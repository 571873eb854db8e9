/** Durable work: db-scheduler on virtual threads, claimed under a lease and taken back after a crash. */
@NullMarked
package dev.deprovisioner.schedule;

import org.jspecify.annotations.NullMarked;
