/** Pages of lists: where one ended, and how long its answer may be. */
@NullMarked
package dev.deprovisioner.paging;

import org.jspecify.annotations.NullMarked;
