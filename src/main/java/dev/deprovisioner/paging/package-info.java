/** Pages of lists: their limit, their size in bytes, and the position where one ended. */
@NullMarked
package dev.deprovisioner.paging;

import org.jspecify.annotations.NullMarked;
