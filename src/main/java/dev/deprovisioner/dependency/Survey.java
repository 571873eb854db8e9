package dev.deprovisioner.dependency;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The questions of one run about its members: a thread for each member who is asked about, and a bounded number of them. */
final class Survey {

    /** More than any provider answers at once, and few enough that a group of any size takes little memory. */
    static final int MOST_AT_ONCE = 256;

    private final List<MemberCheck> checks;
    private final ExecutorCompletionService<Answer> threads;
    private final Consumer<MemberId> clean;
    private final Runnable interruption;
    private final BulkRead turns = new BulkRead();
    private final List<Future<Answer>> asked = new ArrayList<>();
    private final List<Dependency> found = new ArrayList<>();
    private int answered;

    /**
     * @param clean takes each member for which no check finds anything
     * @param interruption is called with each answer, and each second without one; its exception ends the survey
     */
    Survey(List<MemberCheck> checks, ExecutorService threads, Consumer<MemberId> clean, Runnable interruption) {
        this.checks = checks;
        this.threads = new ExecutorCompletionService<>(threads);
        this.clean = clean;
        this.interruption = interruption;
    }

    private record Answer(MemberId member, List<Dependency> found) {}

    /**
     * What the checks find, in no order.
     *
     * @throws Fault if a single answer could not be had; the other questions are called off
     */
    List<Dependency> of(List<MemberId> members) {
        var left = members.iterator();
        try {
            ask(left);
            while (answered < asked.size()) {
                take(next());
                ask(left);
            }
            return found;
        } finally {
            asked.forEach(question -> question.cancel(true));
        }
    }

    private void ask(Iterator<MemberId> left) {
        while (left.hasNext() && asked.size() - answered < MOST_AT_ONCE) {
            var member = left.next();
            asked.add(threads.submit(() -> check(member)));
        }
    }

    private Answer check(MemberId member) {
        return new Answer(
                member,
                checks.stream()
                        .map(check -> check.check(member, turns))
                        .flatMap(Optional::stream)
                        .toList());
    }

    private void take(Answer answer) {
        found.addAll(answer.found());
        if (answer.found().isEmpty()) {
            clean.accept(answer.member());
        }
    }

    private Answer next() {
        try {
            var question = threads.poll(1, TimeUnit.SECONDS);
            while (question == null) {
                interruption.run();
                question = threads.poll(1, TimeUnit.SECONDS);
            }
            answered++;
            interruption.run();
            return question.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw Fault.interrupted();
        }
    }
}
