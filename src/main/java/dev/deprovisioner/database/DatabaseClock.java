package dev.deprovisioner.database;

import java.time.InstantSource;

/**
 * The database's time in whole milliseconds, which all replicas share. Only this clock decides when a run, a delivery
 * or an audit entry was created, is due or expires. So differences between the clocks of machines do not matter.
 *
 * <p>{@link #instant()} throws a {@link org.springframework.dao.DataAccessException} if no reading has succeeded yet,
 * and this one fails.
 */
@FunctionalInterface
public interface DatabaseClock extends InstantSource {}
