package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Applies the result of a step to its run. */
@Component
class StepTransitions {

    private final RunBackoff backoff;

    StepTransitions(RunBackoff backoff) {
        this.backoff = backoff;
    }

    Deprovision after(Deprovision run, StepResult result, Instant now) {
        return switch (result) {
            case StepResult.Validated(var seen, var checked, var warnings) ->
                run.validated(seen.group(), checked, warnings, now);
            case StepResult.Admitted(var progress) -> run.admitted(progress);
            case StepResult.Emptied emptied -> run.emptied(now);
            case StepResult.Gone(var outcome) -> run.confirmedGone(outcome, now);
            case StepResult.Announced announced -> run.succeeded(true, now);
            case StepResult.NoReceiver none -> run.succeeded(false, now);
            case StepResult.Blocked(var problem, var blockers, var progress) ->
                run.blocked(problem, blockers, progress, now);
            case StepResult.Changed(var problem) -> run.changed(problem, now);
            case StepResult.Outdated outdated -> run.outdated(now);
            case StepResult.RecheckLater(var problem, var pause) ->
                run.parked(problem, backoff.at(run, pause, now), true);
            case StepResult.Yielded yielded -> run.yielded(now);
            case StepResult.UpstreamFault faulted -> afterFault(run, faulted, now);
            case StepResult.Failed(var problem, var blockers) -> run.failed(problem, blockers, now);
        };
    }

    /** After a committed intent to delete, no answer is final but evidence: every fault is waited for. */
    private Deprovision afterFault(Deprovision run, StepResult.UpstreamFault fault, Instant now) {
        var problem = fault.problem();
        boolean mayEnd = !run.hasDeleteIntent();
        boolean ends = fault.recovery() == Recovery.FAIL
                || (fault.recovery() == Recovery.RETRY_ONCE && isRepeated(run, problem));
        if (mayEnd && ends) {
            return run.failed(problem, List.of(), now);
        }
        var next = backoff.after(run, fault.notBefore(), now);
        return run.parked(problem, next, fault.recovery() != Recovery.RETRY_UNCOUNTED);
    }

    /** Whether the run has already waited for the same thing at this step. */
    private static boolean isRepeated(Deprovision run, Problem problem) {
        var last = run.verdict().problem();
        return last != null && last.type() == problem.type();
    }
}
