/** Kills the service wherever it can be killed, lets the provider fail, and checks what it promises all the same. */
@NullMarked
package dev.deprovisioner.chaos;

import org.jspecify.annotations.NullMarked;
