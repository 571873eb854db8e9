package dev.deprovisioner.upstream.ratelimit;

import dev.deprovisioner.database.TimestampColumn;
import io.github.bucket4j.distributed.jdbc.CustomColumnProvider;
import io.github.bucket4j.distributed.remote.RemoteBucketState;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** When the bucket was last filled, by the database's time: shows whether that went back since. */
final class LeasedAtColumn implements CustomColumnProvider<Long> {

    @Override
    public void setCustomField(
            Long key, int index, PreparedStatement statement, RemoteBucketState state, long currentTimeNanos)
            throws SQLException {
        var at = Instant.EPOCH.plusNanos(currentTimeNanos).truncatedTo(ChronoUnit.MICROS);
        statement.setObject(index, TimestampColumn.of(at));
    }

    @Override
    public String getCustomFieldName() {
        return "leased_at";
    }
}
