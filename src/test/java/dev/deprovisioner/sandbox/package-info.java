/** The service with everything around it in one process, to try it out: {@code mvn spring-boot:test-run}. */
@NullMarked
package dev.deprovisioner.sandbox;

import org.jspecify.annotations.NullMarked;
