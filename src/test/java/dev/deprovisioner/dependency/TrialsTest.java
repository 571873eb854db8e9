package dev.deprovisioner.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.dependency.DependencyProperties.GenesysLeftOut;
import dev.deprovisioner.dependency.DependencyProperties.GenesysNotFound;
import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.dependency.DependencyProperties.Kind;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each configured check is tried, and the one that fails does not stop the others. */
class TrialsTest {

    private static final CheckedGroup GROUP = new CheckedGroup(new GroupId("g1"), 0, null);
    private static final MemberId ANN = new MemberId("ann");

    private record OfMember(Function<MemberId, Optional<Dependency>> answer) implements MemberCheck {

        @Override
        public Kind kind() {
            return Kind.ROUTING_PROFILE;
        }

        @Override
        public Optional<Dependency> check(MemberId member, BulkRead survey) {
            return answer.apply(member);
        }
    }

    private record OfGroup(GenesysReference reference, Function<CheckedGroup, Findings> answer) implements GroupCheck {

        @Override
        public Findings check(CheckedGroup group) {
            return answer.apply(group);
        }
    }

    private static Dependency dependency(String type) {
        return new Dependency(type, null, null, "It is " + type + ".", "Look at it.");
    }

    private static List<CheckTrial.Result> tried(
            Function<MemberId, Optional<Dependency>> ofMember, @Nullable MemberId member, GroupCheck... checks) {
        var properties = new DependencyProperties(
                List.of(Kind.values()),
                "/{userId}",
                List.of(GenesysReference.values()),
                GenesysNotFound.UNKNOWN,
                GenesysLeftOut.UNKNOWN);
        var dependencies = new Dependencies(List.of(new OfMember(ofMember)), List.of(checks), properties);
        return new Trials(dependencies)
                .of(GROUP, member).stream().map(CheckTrial::result).toList();
    }

    @Test
    void countWhatIsFound() {
        var queues =
                new OfGroup(GenesysReference.QUEUES, group -> Findings.of(List.of(dependency("a"), dependency("b"))));
        var rules = new OfGroup(GenesysReference.RULES, group -> Findings.NONE);

        assertThat(tried(member -> Optional.empty(), ANN, rules, queues))
                .containsExactly(
                        new CheckTrial.Works(0, List.of()),
                        new CheckTrial.Works(2, List.of("a", "b")),
                        new CheckTrial.Works(0, List.of()));
    }

    @Test
    void sayWhyNothingCanBeRuledOut() {
        var queues = new OfGroup(GenesysReference.QUEUES, group -> Findings.of(dependency("queue-unknown")));
        var mailbox = new OfGroup(
                GenesysReference.MAILBOX,
                group -> Findings.of(new Findings.Warning("mailbox-unknown", null, "It is denied.")));
        var flows = new OfGroup(GenesysReference.FLOWS, group -> {
            throw new Fault(UpstreamProblems.unavailable("HTTP 500", "ann"), Recovery.RETRY);
        });

        assertThat(tried(member -> Optional.empty(), ANN, queues, mailbox, flows))
                .containsExactly(
                        new CheckTrial.Works(0, List.of()),
                        new CheckTrial.Unclear("It is queue-unknown. Look at it.", List.of("queue-unknown")),
                        new CheckTrial.Unclear("The provider is unavailable: HTTP 500.", List.of()),
                        new CheckTrial.Unclear("It is denied.", List.of()));
    }

    @Test
    void nameNoMember() {
        var missing = new Dependency("routing-profile-missing", ANN, null, "Of " + ANN + ".", "Reassign " + ANN + ".");

        assertThat(tried(member -> Optional.of(missing), ANN))
                .containsExactly(new CheckTrial.Works(1, List.of("routing-profile-missing")));
        assertThat(tried(member -> Optional.of(dependency("routing-profile-unknown")), ANN))
                .singleElement()
                .isInstanceOf(CheckTrial.Unclear.class)
                .asString()
                .doesNotContain("ann", "It is");
    }

    @Test
    void waitForAMember() {
        assertThat(tried(member -> Optional.empty(), null)).containsExactly(new CheckTrial.NotTried());
    }

    @Test
    void areNamedAsTheirSettingsNameThem() {
        var properties = new DependencyProperties(
                List.of(Kind.ROUTING_PROFILE), "/{userId}", List.of(), GenesysNotFound.UNKNOWN, GenesysLeftOut.UNKNOWN);
        var checks = List.<MemberCheck>of(new OfMember(member -> Optional.empty()));

        assertThat(new Trials(new Dependencies(checks, List.of(), properties)).of(GROUP, ANN))
                .containsExactly(new CheckTrial(
                        "routing-profile", "deprovisioner.dependency.checks", new CheckTrial.Works(0, List.of())));
    }
}
