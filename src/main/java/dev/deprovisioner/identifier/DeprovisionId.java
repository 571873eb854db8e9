package dev.deprovisioner.identifier;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/**
 * The id of one run.
 *
 * @param value a UUIDv7 (RFC 9562). The order of runs is not that of their ids, which hold the time of the machine
 */
public record DeprovisionId(UUID value) {

    /** Counts on within a millisecond, so that ids of one process sort in the order of their making. */
    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    /** Never twice the same. */
    public static DeprovisionId next() {
        return new DeprovisionId(GENERATOR.generate());
    }

    /** @throws IllegalArgumentException if the text is no UUID */
    public static DeprovisionId of(String text) {
        return new DeprovisionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
