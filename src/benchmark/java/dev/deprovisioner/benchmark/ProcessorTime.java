package dev.deprovisioner.benchmark;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The time of all processors since the machine began, in ticks.
 *
 * @param busy without that in which they had nothing to do, or waited for a disk
 */
record ProcessorTime(long busy, long all) {

    private static final int IDLE = 3;
    private static final int WAITS_FOR_DISK = 4;
    /** The time of guests is part of another column. */
    private static final int COLUMNS = 8;

    /** @param stat as Linux has it in {@code /proc/stat} */
    static ProcessorTime of(String stat) {
        var columns = Stream.of(stat.lines().findFirst().orElseThrow().split(" +"))
                .skip(1)
                .limit(COLUMNS)
                .mapToLong(Long::parseLong)
                .toArray();
        long all = LongStream.of(columns).sum();
        return new ProcessorTime(all - columns[IDLE] - columns[WAITS_FOR_DISK], all);
    }

    /** The part of the time since then, from 0 to 1. */
    double busySince(ProcessorTime earlier) {
        return (busy - earlier.busy) / (double) Math.max(1, all - earlier.all);
    }
}
