package dev.deprovisioner.database;

import java.time.InstantSource;

/**
 * The database's time in whole milliseconds, which all replicas share. No other clock decides when a run, a delivery or an
 * audit entry was made, is due or is over, so that it does not matter how the clocks of two machines agree.
 *
 * <p>{@link #instant()} throws a {@link org.springframework.dao.DataAccessException} if no reading has succeeded yet, and
 * this one fails.
 */
@FunctionalInterface
public interface DatabaseClock extends InstantSource {}
