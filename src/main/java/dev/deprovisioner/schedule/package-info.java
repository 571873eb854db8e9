/** Durable tasks: db-scheduler on virtual threads, claiming, lease and fair order. */
@NullMarked
package dev.deprovisioner.schedule;

import org.jspecify.annotations.NullMarked;
