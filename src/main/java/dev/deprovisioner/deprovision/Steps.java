package dev.deprovisioner.deprovision;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The records of all four steps.
 *
 * @param records in the order of {@link Step}
 */
public record Steps(List<StepRecord> records) {

    public Steps {
        records = List.copyOf(records);
    }

    static Steps allPending() {
        return new Steps(Arrays.stream(Step.values()).map(StepRecord::pending).toList());
    }

    public StepRecord of(Step step) {
        return records.stream()
                .filter(record -> record.name() == step)
                .findFirst()
                .orElseThrow();
    }

    Steps with(Step step, UnaryOperator<StepRecord> change) {
        return new Steps(records.stream()
                .map(record -> record.name() == step ? change.apply(record) : record)
                .toList());
    }

    /** Skips what had not ended between two steps, both excluded. */
    Steps skippedBetween(Step from, Step to) {
        return new Steps(records.stream()
                .map(record ->
                        record.name().compareTo(from) > 0 && record.name().compareTo(to) < 0
                                ? record.skipped()
                                : record)
                .toList());
    }

    /** Has all steps up to this one done again. */
    Steps reopenedThrough(Step last) {
        return new Steps(records.stream()
                .map(record -> record.name().compareTo(last) <= 0 ? record.reopened() : record)
                .toList());
    }

    /** Skips what had not ended. */
    Steps abandoned() {
        return new Steps(records.stream()
                .map(record -> record.finishedAt() == null ? record.skipped() : record)
                .toList());
    }

    /** Destructive requests that were committed, in all steps. */
    public int intents() {
        return records.stream().mapToInt(record -> record.sent().intents()).sum();
    }

    /** Destructive requests that the provider certainly did not act on, and that no audit entry covers yet. */
    int refusals() {
        return records.stream().mapToInt(record -> record.sent().refusals()).sum();
    }

    /** @throws IllegalStateException if a destructive request was committed */
    void requireNothingSent() {
        if (intents() > 0) {
            throw new IllegalStateException("Something was sent already");
        }
    }
}
