package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.dependency.Dependencies;
import dev.deprovisioner.dependency.Dependency;
import dev.deprovisioner.deprovision.CheckedMembers;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Asks what depends on the members of a group. A survey that was interrupted goes on where it was. */
@Component
class MemberSurvey {

    /** A crash repeats no more questions than these seconds hold. */
    private static final Duration SAVED_EVERY = Duration.ofSeconds(5);

    /** A step that began later than this has no earlier attempt: a run waits longer than that. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final Dependencies dependencies;
    private final CheckedMembers checked;
    private final MonotonicClock clock;

    MemberSurvey(Dependencies dependencies, CheckedMembers checked, MonotonicClock clock) {
        this.dependencies = dependencies;
        this.checked = checked;
        this.clock = clock;
    }

    /**
     * All dependencies of all members, in the members' order.
     *
     * @throws Fault if a single answer could not be had
     */
    List<Dependency> of(StepContext context, List<MemberId> members) {
        var before = answeredBefore(context);
        var left = members.stream().filter(Predicate.not(before::contains)).toList();
        var answers = new Answers(context);
        try {
            var found = dependencies.findFor(left, answers::add);
            if (answers.saved || !before.isEmpty()) {
                // The answers are for this validation: the next one asks all members again.
                checked.forget(context.run().id());
            }
            return found;
        } catch (Fault fault) {
            answers.save();
            throw fault;
        }
    }

    private Set<MemberId> answeredBefore(StepContext context) {
        var began = context.run().current().startedAt();
        var now = context.now();
        if (began == null || Duration.between(began, now).compareTo(SHORTEST_WAIT) < 0) {
            return Set.of();
        }
        var before = checked.find(context.run().id(), now.minus(ValidationAge.LASTS));
        if (before.isEmpty()) {
            checked.forget(context.run().id());
        }
        return before;
    }

    /** The members of one attempt who are free of dependencies. */
    private final class Answers {

        private final StepContext context;
        private final List<MemberId> unsaved = new ArrayList<>();
        private long since = clock.nanos();
        private boolean saved;

        private Answers(StepContext context) {
            this.context = context;
        }

        void add(MemberId member) {
            unsaved.add(member);
            if (clock.since(since).compareTo(SAVED_EVERY) >= 0) {
                save();
            }
        }

        void save() {
            since = clock.nanos();
            if (!unsaved.isEmpty()) {
                saved = true;
                checked.add(context.run().id(), List.copyOf(unsaved), context.now());
                unsaved.clear();
            }
        }
    }
}
