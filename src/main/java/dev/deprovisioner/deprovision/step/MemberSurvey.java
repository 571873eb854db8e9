package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.dependency.Dependencies;
import dev.deprovisioner.dependency.Dependency;
import dev.deprovisioner.deprovision.CheckedMembers;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.WorkerYieldedException;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.scim.GroupsClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Asks what depends on the members of a group. A survey that was interrupted goes on where it was. */
@Component
class MemberSurvey {

    /** A crash repeats no more questions than these seconds hold. */
    private static final Duration SAVED_EVERY = Duration.ofSeconds(5);

    private static final Duration LOOKED_EVERY = Duration.ofSeconds(1);

    /** A step that began later than this has no earlier attempt: a run waits longer than that. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final Dependencies dependencies;
    private final CheckedMembers checked;
    private final GroupsClient groups;
    private final MonotonicClock clock;

    MemberSurvey(Dependencies dependencies, CheckedMembers checked, GroupsClient groups, MonotonicClock clock) {
        this.dependencies = dependencies;
        this.checked = checked;
        this.groups = groups;
        this.clock = clock;
    }

    /**
     * All dependencies of all members, in the members' order.
     *
     * @throws Fault if a single answer could not be had
     * @throws WorkerYieldedException if the worker is needed for another caller's run
     */
    List<Dependency> of(StepContext context, List<MemberId> members) {
        boolean resumed = isResumed(context);
        var before = resumed ? checked.find(context.run().id(), asked()) : Map.<MemberId, Instant>of();
        var answers = new Answers(context);
        try {
            var found =
                    dependencies.findFor(unanswered(context, members, before), answers::add, answers::requireWorker);
            if (answers.saved || resumed) {
                // The answers are for this validation: the next one asks all members again.
                checked.forget(context.run());
            }
            return inOrder(members, found);
        } catch (Fault | WorkerYieldedException interrupted) {
            answers.save();
            throw interrupted;
        }
    }

    /** What an answer holds for: these checks, at this provider. */
    private String asked() {
        return dependencies.checks() + "@" + groups.readSettings().provider();
    }

    /** Whether an earlier attempt at this validation may have kept answers. */
    private static boolean isResumed(StepContext context) {
        var began = context.run().current().startedAt();
        return began != null && Duration.between(began, context.now()).compareTo(SHORTEST_WAIT) >= 0;
    }

    /**
     * Those without an answer first, then those whose answer is too old, the oldest first.
     *
     * @param before when earlier attempts at this validation had an answer about each member
     */
    private static List<MemberId> unanswered(
            StepContext context, List<MemberId> members, Map<MemberId, Instant> before) {
        var since = context.now().minus(ValidationAge.LASTS);
        return members.stream()
                .filter(member -> answeredAt(before, member).isBefore(since))
                .sorted(Comparator.comparing(member -> answeredAt(before, member)))
                .toList();
    }

    private static Instant answeredAt(Map<MemberId, Instant> before, MemberId member) {
        return before.getOrDefault(member, Instant.MIN);
    }

    private static List<Dependency> inOrder(List<MemberId> members, List<Dependency> found) {
        var positions = new HashMap<MemberId, Integer>();
        members.forEach(member -> positions.putIfAbsent(member, positions.size()));
        return found.stream()
                .sorted(Comparator.comparingInt(dependency -> positions.getOrDefault(dependency.member(), 0)))
                .toList();
    }

    /** The members of one attempt who are free of dependencies. */
    private final class Answers {

        private final StepContext context;
        private final List<MemberId> unsaved = new ArrayList<>();
        private Instant oldest = Instant.MAX;
        private long since = clock.nanos();
        private long looked = clock.nanos();
        private boolean saved;

        private Answers(StepContext context) {
            this.context = context;
        }

        void add(MemberId member) {
            if (unsaved.isEmpty()) {
                oldest = context.now();
            }
            unsaved.add(member);
            if (clock.since(since).compareTo(SAVED_EVERY) >= 0) {
                save();
            }
        }

        /** A run that a caller has cancelled asks nothing more, and one whose worker is needed goes on later. */
        void requireWorker() {
            if (clock.since(looked).compareTo(LOOKED_EVERY) >= 0) {
                looked = clock.nanos();
                context.requireOwnership();
                context.yieldWorkerIfNeeded();
            }
        }

        void save() {
            since = clock.nanos();
            if (!unsaved.isEmpty()) {
                saved = true;
                checked.add(context.run(), asked(), List.copyOf(unsaved), oldest);
                unsaved.clear();
            }
        }
    }
}
