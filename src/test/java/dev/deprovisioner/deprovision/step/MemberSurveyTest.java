package dev.deprovisioner.deprovision.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.deprovisioner.dependency.Dependencies;
import dev.deprovisioner.dependency.Dependency;
import dev.deprovisioner.deprovision.CheckedMembers;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.RunRequest;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.WorkerYieldedException;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupsClient;
import dev.deprovisioner.scim.ReadSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the answers about many members are kept, so that they need not be asked for again. */
class MemberSurveyTest {

    private static final String CHECKS = "ROUTING_PROFILE@provider";
    private static final Instant BEGAN = Instant.parse("2026-11-23T08:00:00Z");
    private static final List<MemberId> MEMBERS =
            IntStream.range(0, 10_000).mapToObj(n -> new MemberId("u" + n)).toList();

    private final Dependencies dependencies = mock(Dependencies.class);
    private final CheckedMembers checked = mock(CheckedMembers.class);
    private final StepContext context = mock(StepContext.class);
    private final GroupsClient groups = mock();
    private final AtomicLong nanos = new AtomicLong();
    private final MemberSurvey survey = new MemberSurvey(dependencies, checked, groups, nanos::get);
    private final Deprovision run = Deprovision.requested(
                    new GroupId("g1"), new RunRequest(new Caller("portal"), null, BEGAN, null, null))
            .started(BEGAN);

    @BeforeEach
    void begins() {
        when(context.run()).thenReturn(run);
        when(dependencies.checks()).thenReturn("ROUTING_PROFILE");
        when(groups.readSettings()).thenReturn(new ReadSettings("provider", "listing"));
        now(BEGAN);
    }

    private void now(Instant now) {
        when(context.now()).thenReturn(now);
    }

    /** One answer each so many milliseconds, up to a fault. */
    private void answers(int milliseconds, int upTo) {
        when(dependencies.findFor(any(), any(), any())).thenAnswer(call -> {
            var asked = call.<List<MemberId>>getArgument(0);
            var clean = call.<Consumer<MemberId>>getArgument(1);
            asked.stream().limit(upTo).forEach(member -> {
                nanos.addAndGet(Duration.ofMillis(milliseconds).toNanos());
                clean.accept(member);
            });
            if (upTo < asked.size()) {
                throw new Fault(new Problem(ProblemType.UPSTREAM_UNAVAILABLE, "down"), Recovery.RETRY);
            }
            return List.of();
        });
    }

    @Test
    void writesNothingDownWhereItTakesLessThanAFewSeconds() {
        answers(0, MEMBERS.size());

        assertThat(survey.of(context, MEMBERS)).isEmpty();
        verifyNoInteractions(checked);
    }

    @Test
    void takesAStatementEachFewSecondsAndNoneForEachMember() {
        answers(10, MEMBERS.size());

        survey.of(context, MEMBERS);

        verify(checked, times(20)).add(any(), any(), any(), any());
        verify(checked).forget(run);
    }

    @Test
    void writesDownWhatItHasWhenAnAnswerCannotBeHad() {
        answers(0, 9_000);

        assertThatThrownBy(() -> survey.of(context, MEMBERS)).isInstanceOf(Fault.class);
        verify(checked).add(run, CHECKS, MEMBERS.subList(0, 9_000), BEGAN);
        verify(checked, never()).forget(any());
    }

    @Test
    void goesOnWhereItWas() {
        now(BEGAN.plusSeconds(600));
        when(checked.find(run.id(), CHECKS))
                .thenReturn(MEMBERS.subList(0, 9_000).stream()
                        .collect(Collectors.toMap(member -> member, member -> BEGAN)));
        answers(0, 1_000);

        survey.of(context, MEMBERS);

        verify(dependencies).findFor(eq(MEMBERS.subList(9_000, 10_000)), any(), any());
        verify(checked).forget(run);
    }

    @Test
    void asksAgainAboutTheOldestAnswersFirst() {
        now(BEGAN.plusSeconds(1500));
        when(checked.find(run.id(), CHECKS))
                .thenReturn(Map.of(
                        MEMBERS.get(0), BEGAN.plusSeconds(10),
                        MEMBERS.get(1), BEGAN,
                        MEMBERS.get(2), BEGAN.plusSeconds(600)));
        answers(0, 3);

        survey.of(context, MEMBERS.subList(0, 4));

        verify(dependencies).findFor(eq(List.of(MEMBERS.get(3), MEMBERS.get(1), MEMBERS.get(0))), any(), any());
    }

    @Test
    void marksAnswersWithTheTimeOfTheFirst() {
        when(context.now()).thenReturn(BEGAN, BEGAN, BEGAN.plusSeconds(1), BEGAN.plusSeconds(9));
        answers(0, 2);

        assertThatThrownBy(() -> survey.of(context, MEMBERS.subList(0, 3))).isInstanceOf(Fault.class);

        verify(checked).add(run, CHECKS, MEMBERS.subList(0, 2), BEGAN.plusSeconds(1));
    }

    @Test
    void keepsTheAnswersWhenItsWorkerIsNeeded() {
        when(dependencies.findFor(any(), any(), any())).thenAnswer(call -> {
            call.<Consumer<MemberId>>getArgument(1).accept(MEMBERS.getFirst());
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            call.<Runnable>getArgument(2).run();
            return List.of();
        });
        doThrow(WorkerYieldedException.class).when(context).yieldWorkerIfNeeded();

        assertThatThrownBy(() -> survey.of(context, MEMBERS)).isInstanceOf(WorkerYieldedException.class);

        verify(checked).add(run, CHECKS, MEMBERS.subList(0, 1), BEGAN);
        verify(checked, never()).forget(any());
    }

    private static Dependency missing(MemberId member) {
        return new Dependency("routing-profile-missing", member, null, "None.", "Reassign.");
    }

    @Test
    void listsDependenciesInTheOrderOfTheMembers() {
        when(dependencies.findFor(any(), any(), any()))
                .thenReturn(List.of(missing(MEMBERS.get(1)), missing(MEMBERS.get(0))));

        assertThat(survey.of(context, MEMBERS.subList(0, 2)))
                .extracting(Dependency::member)
                .containsExactly(MEMBERS.get(0), MEMBERS.get(1));
    }
}
