package dev.deprovisioner.dependency;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Asks about many members at once, in a thread each; the upstream package bounds the requests in flight. */
@Component
public class Dependencies {

    private final List<DependencyCheck> checks;

    Dependencies(List<DependencyCheck> checks, DependencyProperties properties) {
        this.checks = checks.stream()
                .filter(check -> properties.checks().contains(check.kind()))
                .toList();
        ContextRegistry.getInstance().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
    }

    /**
     * All dependencies of all members, in the members' order.
     *
     * @throws dev.deprovisioner.problem.Fault if a single answer failed; the other questions are cancelled
     */
    public List<Dependency> of(List<MemberId> members) {
        var survey = new BulkRead();
        var questions =
                members.stream().flatMap(member -> questions(member, survey)).toList();
        var context = ContextSnapshotFactory.builder().build();
        try (var threads =
                ContextExecutorService.wrap(Executors.newVirtualThreadPerTaskExecutor(), context::captureAll)) {
            return inOrder(members, answers(questions, threads));
        }
    }

    private static List<Dependency> inOrder(List<MemberId> members, List<Dependency> found) {
        var positions = new HashMap<MemberId, Integer>();
        members.forEach(member -> positions.putIfAbsent(member, positions.size()));
        return found.stream()
                .sorted(Comparator.comparingInt(dependency -> positions.getOrDefault(dependency.member(), 0)))
                .toList();
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

    private Stream<Callable<Optional<Dependency>>> questions(MemberId member, BulkRead survey) {
        return checks.stream().map(check -> () -> check.check(member, survey));
    }

    private static List<Dependency> answers(
            Collection<Callable<Optional<Dependency>>> questions, ExecutorService threads) {
        var completed = new ExecutorCompletionService<Optional<Dependency>>(threads);
        var asked = questions.stream().map(completed::submit).toList();
        try {
            return Stream.generate(() -> next(completed))
                    .limit(questions.size())
                    .flatMap(Optional::stream)
                    .toList();
        } finally {
            asked.forEach(question -> question.cancel(true));
        }
    }

    private static Optional<Dependency> next(ExecutorCompletionService<Optional<Dependency>> completed) {
        try {
            Future<Optional<Dependency>> answer = completed.take();
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw Fault.interrupted();
        }
    }
}
