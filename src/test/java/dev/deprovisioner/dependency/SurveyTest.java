package dev.deprovisioner.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.dependency.DependencyProperties.Kind;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The questions about the members of one group. */
class SurveyTest {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<MemberId> clean = new ArrayList<>();

    @AfterEach
    void close() {
        threads.close();
    }

    private interface Answers {

        Optional<Dependency> check(MemberId member);
    }

    private static MemberCheck checking(Answers answers) {
        return new MemberCheck() {
            @Override
            public Kind kind() {
                return Kind.ROUTING_PROFILE;
            }

            @Override
            public Optional<Dependency> check(MemberId member, BulkRead survey) {
                return answers.check(member);
            }
        };
    }

    private List<Dependency> survey(List<MemberId> members, MemberCheck... checks) {
        return new Survey(List.of(checks), threads, clean::add, () -> {}).of(members);
    }

    private static List<MemberId> members(int count) {
        return IntStream.range(0, count).mapToObj(n -> new MemberId("u" + n)).toList();
    }

    private static Dependency dependency(MemberId member) {
        return new Dependency("type", member, null, "detail", "remedy");
    }

    @Test
    void asksAboutTenThousandMembersAFewHundredAtATime() {
        var all = members(10_000);
        var asked = ConcurrentHashMap.<MemberId>newKeySet();
        var beforeTheFirstAnswer = new CompletableFuture<Integer>();

        var found = new Survey(
                        List.of(checking(member -> {
                            asked.add(member);
                            return Optional.empty();
                        })),
                        new SameThread(),
                        member -> {
                            beforeTheFirstAnswer.complete(asked.size());
                            clean.add(member);
                        },
                        () -> {})
                .of(all);

        assertThat(found).isEmpty();
        assertThat(asked).hasSize(10_000);
        assertThat(clean).containsExactlyInAnyOrderElementsOf(all);
        assertThat(beforeTheFirstAnswer).isCompletedWithValue(Survey.MOST_AT_ONCE);
    }

    /** Asks each question at once, so that their number does not depend on the threads' turns. */
    private static final class SameThread extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    @Test
    void callsAMemberCleanOnlyIfNoCheckFindsAnything() {
        var busy = Set.of(new MemberId("u1"));

        var found = survey(
                members(3),
                checking(member -> Optional.empty()),
                checking(member -> busy.contains(member) ? Optional.of(dependency(member)) : Optional.empty()));

        assertThat(found).containsExactly(dependency(new MemberId("u1")));
        assertThat(clean).containsExactlyInAnyOrder(new MemberId("u0"), new MemberId("u2"));
    }

    @Test
    void endsWithTheFirstFaultAndAsksNoMore() {
        var waiting = new CountDownLatch(1);
        var interrupted = new AtomicInteger();
        var asked = new AtomicInteger();

        assertThatThrownBy(() -> survey(members(1000), checking(member -> {
                    asked.incrementAndGet();
                    if (member.value().equals("u0")) {
                        throw new Fault(new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "down"), Recovery.RETRY);
                    }
                    try {
                        waiting.await();
                    } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                        throw Fault.interrupted();
                    }
                    return Optional.empty();
                })))
                .isInstanceOf(Fault.class);
        threads.close();

        assertThat(clean).isEmpty();
        assertThat(asked.get()).isLessThanOrEqualTo(Survey.MOST_AT_ONCE);
        assertThat(interrupted.get()).isLessThan(Survey.MOST_AT_ONCE);
    }

    @Test
    void callsTheQuestionsOffWhenItIsInterruptedBeforeAnyAnswer() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var calledOff = new CountDownLatch(1);
        var hanging = checking(member -> {
            asked.countDown();
            hang(calledOff);
            return Optional.empty();
        });
        Runnable cancelled = () -> {
            throw new IllegalStateException("cancelled");
        };

        assertThatThrownBy(() -> new Survey(List.of(hanging), threads, clean::add, cancelled).of(members(1)))
                .hasMessage("cancelled");

        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(calledOff.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void hang(CountDownLatch calledOff) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            calledOff.countDown();
        }
    }
}
