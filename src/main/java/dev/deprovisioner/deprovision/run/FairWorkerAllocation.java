package dev.deprovisioner.deprovision.run;

import dev.deprovisioner.deprovision.DeprovisionProperties;
import dev.deprovisioner.identifier.Caller;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Shares the workers of this process among callers. The last ones are kept for callers that have none, so long runs of
 * some callers cannot shut out the others. The order of the queue alone cannot do that: a running run keeps its worker.
 */
@Component
class FairWorkerAllocation {

    private final int forAll;
    /** Of each caller who has any. */
    private final Map<Caller, Integer> inWork = new HashMap<>();

    FairWorkerAllocation(DeprovisionProperties properties) {
        this.forAll = properties.workers() - properties.workersForOthers();
    }

    /**
     * Takes a worker for a run of this caller; it is to be given back.
     *
     * @return false if the caller is to wait, and nothing was taken
     */
    synchronized boolean take(Caller caller) {
        int taken = inWork.values().stream().mapToInt(Integer::intValue).sum();
        if (taken >= forAll && inWork.containsKey(caller)) {
            return false;
        }
        inWork.merge(caller, 1, Integer::sum);
        return true;
    }

    synchronized void giveBack(Caller caller) {
        inWork.computeIfPresent(caller, (name, workers) -> workers == 1 ? null : workers - 1);
    }
}
