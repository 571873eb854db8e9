package dev.deprovisioner.database;

import java.time.Instant;

/**
 * The database's time, which all replicas share: a lease does not depend on how the clocks of two machines agree, nor on
 * a jump of this one's.
 */
@FunctionalInterface
public interface DatabaseClock {

    /** @throws org.springframework.dao.DataAccessException if no reading has succeeded yet, and this one fails */
    Instant now();
}
