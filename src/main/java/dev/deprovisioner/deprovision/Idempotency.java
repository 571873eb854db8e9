package dev.deprovisioner.deprovision;

import dev.deprovisioner.deprovision.IdempotencyKeys.Answered;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.ResourceProblems;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Decides a request under an Idempotency-Key once: each repetition within 24 hours gets the run of the first. */
@Component
class Idempotency {

    private static final Logger log = LoggerFactory.getLogger(Idempotency.class);

    private final IdempotencyKeys keys;
    private final Deprovisions runs;
    private final InstantSource clock;

    Idempotency(IdempotencyKeys keys, Deprovisions runs, InstantSource clock) {
        this.keys = keys;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * The run of an earlier request under the same key, as it is now; empty if the request is the first, or has no key.
     *
     * @throws ProblemException if the key was sent with another group or body before
     */
    Optional<Run> earlier(GroupId group, DeprovisionCommand command) {
        var key = command.key();
        return key == null
                ? Optional.empty()
                : keys.find(command.by(), key, clock.instant()).flatMap(answered -> same(answered, group, command));
    }

    /** Empty if the retention has just purged the run, and the key with it. */
    private Optional<Run> same(Answered answered, GroupId group, DeprovisionCommand command) {
        if (!answered.fingerprint().equals(Fingerprint.of(group, command))) {
            throw new ProblemException(ResourceProblems.idempotencyKeyReused());
        }
        return runs.find(answered.run());
    }

    /**
     * Remembers the run that a request got, in the transaction that decided so. A request without a key leaves no trace.
     *
     * @throws org.springframework.dao.DuplicateKeyException if a concurrent request under the same key was faster
     */
    Run remember(GroupId group, DeprovisionCommand command, Run run) {
        var key = command.key();
        if (key != null) {
            keys.insert(command.by(), key, new Answered(Fingerprint.of(group, command), run.id()), clock.instant());
        }
        return run;
    }

    @Scheduled(fixedRate = 600_000, initialDelay = 60_000)
    void purge() {
        int deleted = keys.deleteExpired(clock.instant());
        if (deleted > 0) {
            log.info("Idempotency keys purged: {}", deleted);
        }
    }
}
