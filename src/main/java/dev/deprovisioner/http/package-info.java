/** Connections to other services over HTTP: trusted authorities, the client certificate, and timeouts. */
@NullMarked
package dev.deprovisioner.http;

import org.jspecify.annotations.NullMarked;
