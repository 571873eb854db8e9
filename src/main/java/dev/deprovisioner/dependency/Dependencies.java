package dev.deprovisioner.dependency;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Asks about many members at once, and about the group itself; the upstream package bounds the requests in flight. */
@Component
public class Dependencies {

    private final List<MemberCheck> checks;
    private final List<GroupCheck> groupChecks;

    Dependencies(List<MemberCheck> checks, List<GroupCheck> groupChecks, DependencyProperties properties) {
        this.checks = checks.stream()
                .filter(check -> properties.checks().contains(check.kind()))
                .toList();
        this.groupChecks = groupChecks.stream()
                .filter(check -> properties.references().contains(check.reference()))
                .sorted(Comparator.comparing(GroupCheck::reference))
                .toList();
        ContextRegistry.getInstance().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
    }

    /**
     * All dependencies of all members, in no order.
     *
     * @param clean takes each member who has none, as soon as the checks say so; by the calling thread
     * @param interruption is called by the calling thread now and then, at least each second; its exception calls the questions
     *     off
     * @throws dev.deprovisioner.problem.Fault if a single answer could not be had; the other questions are called off
     */
    public List<Dependency> findFor(List<MemberId> members, Consumer<MemberId> clean, Runnable interruption) {
        if (checks.isEmpty()) {
            return List.of();
        }
        var context = ContextSnapshotFactory.builder().build();
        try (var threads =
                ContextExecutorService.wrap(Executors.newVirtualThreadPerTaskExecutor(), context::captureAll)) {
            return new Survey(checks, threads, clean, interruption).of(members);
        }
    }

    /**
     * What refers to the group, and what is lost with it.
     *
     * @throws dev.deprovisioner.problem.Fault if a single answer could not be had
     */
    public Findings referringTo(CheckedGroup group) {
        return groupChecks.stream().map(check -> check.check(group)).reduce(Findings.NONE, Findings::and);
    }

    /** The checks of members in force, joined by commas: the same text for the same checks. */
    public String checks() {
        return checks.stream().map(check -> check.kind().name()).sorted().collect(Collectors.joining(","));
    }

    /** The configured ones. */
    List<MemberCheck> memberChecks() {
        return checks;
    }

    /** The configured ones, in the order in which they run. */
    List<GroupCheck> groupChecks() {
        return groupChecks;
    }

    /** Whether a check reads this member now, and finds nothing: the provider answers then, and no gateway in its place. */
    public boolean answersFor(MemberId member) {
        try {
            return !checks.isEmpty()
                    && checks.getFirst().check(member, new BulkRead()).isEmpty();
        } catch (Fault fault) {
            return false;
        }
    }
}
