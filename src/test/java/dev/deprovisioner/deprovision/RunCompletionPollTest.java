package dev.deprovisioner.deprovision;

import static java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;

/** The end of a run in this process is an event, which is answered at once; the poll finds the ends in others. */
@Import({AwaitedRuns.class, RunCompletions.class, SteppedTime.class})
class RunCompletionPollTest extends RunTable {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Problem PROBLEM = new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "No answer.");

    private final Deprovision run = Runs.scheduled();
    private final ExecutorService requests = newVirtualThreadPerTaskExecutor();
    private final List<RunCompletionPoll> polls = new ArrayList<>();
    private Future<Run> wait;

    @Autowired
    RunCompletions completions;

    @Autowired
    ApplicationEventPublisher events;

    @BeforeEach
    void waitForARun() throws InterruptedException {
        runs.insert(run);
        wait = requests.submit(() -> completions.await(run, new Caller("portal"), LONG.plus(LONG)));
        // The first look, which the request itself asks for, is left out.
        completions.awaitDemand(NEVER);
    }

    @AfterEach
    void stop() {
        polls.forEach(RunCompletionPoll::stop);
        requests.shutdownNow();
    }

    private void start(Duration period) {
        var poll = new RunCompletionPoll(completions, period);
        polls.add(poll);
        poll.start();
    }

    private Deprovision end() {
        return runs.save(run.started(time.instant()).failed(PROBLEM, List.of(), time.instant()));
    }

    @Test
    void anEventEndsTheWaitWithoutAPoll() {
        start(NEVER);
        transactions.executeWithoutResult(status -> events.publishEvent(RunEnded.of(end())));
        assertThat(wait).succeedsWithin(LONG).returns(true, Run::isTerminal);
    }

    @Test
    void thePollEndsTheWaitWithoutAnEvent() {
        start(RunCompletionPoll.PERIOD);
        end();
        assertThat(wait).succeedsWithin(LONG).returns(true, Run::isTerminal);
    }
}
