package dev.deprovisioner.deprovision.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.RecordedStep;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.Warning;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as callers see it. Unknown values are absent.
 *
 * @param summary its members stand beside the others
 * @param steps all of them, in their order
 * @param blockers what would be orphaned or left dangling: the first 100, in the order in which they were found
 * @param blockersTotal how many there are; absent if there are none
 * @param warnings what a person should know although it stops nothing, such as members that are groups
 */
@Schema(name = "Deprovision")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record DeprovisionView(
        @JsonUnwrapped RunSummary summary,
        @Schema(requiredMode = RequiredMode.REQUIRED) List<StepView> steps,

        @ArraySchema(maxItems = DeprovisionView.MAX_BLOCKERS)
        List<BlockerView> blockers,

        @Schema(minimum = "1") @Nullable Integer blockersTotal,
        List<WarningView> warnings) {

    static final int MAX_BLOCKERS = 100;

    /**
     * One step of a run.
     *
     * @param name its name: {@code VALIDATE}, {@code REMOVE_MEMBERS}, {@code DELETE_GROUP} or
     *     {@code SYNC_DIRECTORY}; newer versions may have others
     * @param state its state: {@code PENDING}, {@code RUNNING}, {@code SUCCEEDED}, {@code FAILED} or
     *     {@code SKIPPED}; newer versions may have others
     * @param startedAt the first start of the step
     * @param finishedAt the end of the step
     * @param latencyMs time spent in the step, in milliseconds, without waits between attempts
     * @param requests number of requests to the provider so far
     */
    @Schema(name = "Step")
    record StepView(
            String name,
            String state,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Schema(minimum = "0") @Nullable Long latencyMs,
            @Schema(minimum = "0") int requests) {

        static StepView from(RecordedStep step) {
            boolean begun = step.startedAt() != null;
            return new StepView(
                    step.name(),
                    step.state(),
                    step.startedAt(),
                    step.finishedAt(),
                    begun ? step.latencyMs() : null,
                    step.requests());
        }
    }

    /**
     * A fact that a person should know, and that does not stop the run.
     *
     * @param type the kind of warning: {@code nested-group} (a member is a group), {@code more-nested-groups} (there are more
     *     than 100) or {@code members-not-seen} (the provider does not show the members); newer versions may have others
     * @param reference the provider's id of the subject; absent if the warning is about the group itself
     * @param detail a description of the fact, without names
     */
    @Schema(name = "Warning")
    record WarningView(String type, @Nullable String reference, String detail) {

        static WarningView from(Warning warning) {
            return new WarningView(warning.type(), warning.reference(), warning.detail());
        }
    }

    /** @param blockers the first ones */
    static DeprovisionView from(Run run, List<Blocker> blockers) {
        var state = run.recorded();
        return new DeprovisionView(
                RunSummary.quoting(run),
                state.steps().stream().map(StepView::from).toList(),
                blockers.stream().map(BlockerView::from).toList(),
                state.blockersTotal() == 0 ? null : state.blockersTotal(),
                run.progress().warnings().stream().map(WarningView::from).toList());
    }
}
