package dev.deprovisioner.deprovision.step;

import dev.deprovisioner.dependency.CheckedGroup;
import dev.deprovisioner.dependency.Dependencies;
import dev.deprovisioner.dependency.Dependency;
import dev.deprovisioner.dependency.Findings;
import dev.deprovisioner.deprovision.Blocker;
import dev.deprovisioner.deprovision.GroupSnapshot;
import dev.deprovisioner.deprovision.Progress;
import dev.deprovisioner.deprovision.Warning;
import dev.deprovisioner.deprovision.run.StepContext;
import dev.deprovisioner.deprovision.run.StepResult;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.RunProblems;
import dev.deprovisioner.scim.NativeGroup;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Concludes a validation by what depends on the group and on its members. */
@Component
class DependencyReview {

    private final MemberSurvey members;
    private final Dependencies dependencies;

    DependencyReview(MemberSurvey members, Dependencies dependencies) {
        this.members = members;
        this.dependencies = dependencies;
    }

    /** @throws dev.deprovisioner.problem.Fault if a single answer could not be had */
    StepResult conclude(StepContext context, GroupView.Shown shown) {
        var seen = shown.snapshot();
        var users = users(seen.group());
        var orphaned = members.of(context, users);
        var references = dependencies.referringTo(checked(shown));
        var warnings =
                references.warnings().stream().map(DependencyReview::warning).toList();
        return orphaned.isEmpty() && references.dependencies().isEmpty()
                ? new StepResult.Validated(seen, users.size(), warnings)
                : blocked(seen.group(), users.size(), orphaned, references, warnings);
    }

    private static List<MemberId> users(GroupSnapshot group) {
        return group.members().stream()
                .filter(member -> !member.nested())
                .map(GroupSnapshot.Member::value)
                .toList();
    }

    private static StepResult blocked(
            GroupSnapshot group, int checked, List<Dependency> orphaned, Findings references, List<Warning> warnings) {
        var all = Stream.concat(orphaned.stream(), references.dependencies().stream())
                .toList();
        boolean listed = group.listing() == GroupSnapshot.Listing.COMPLETE;
        return new StepResult.Blocked(
                problem(orphaned, references.dependencies()).correlated(correlationId(all)),
                all.stream().map(DependencyReview::blocker).toList(),
                Progress.seen(group, listed ? checked : null, warnings));
    }

    private static Problem problem(List<Dependency> orphaned, List<Dependency> references) {
        long unknown = Stream.concat(orphaned.stream(), references.stream())
                .filter(Dependency::isUnknown)
                .count();
        return RunProblems.dependenciesFound(found(orphaned), found(references), unknown);
    }

    private static long found(List<Dependency> dependencies) {
        return dependencies.stream().filter(found -> !found.isUnknown()).count();
    }

    /** Of the first request that was refused or unclear: the blockers have those of all. Null if there is none. */
    private static @Nullable String correlationId(List<Dependency> found) {
        return found.stream()
                .map(Dependency::correlationId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static CheckedGroup checked(GroupView.Shown shown) {
        return new CheckedGroup(shown.id(), shown.snapshot().sentAt(), facts(shown.nativeGroup()));
    }

    private static CheckedGroup.@Nullable NativeGroup facts(@Nullable NativeGroup group) {
        return group == null
                ? null
                : new CheckedGroup.NativeGroup(group.addressesAs(CheckedGroup.Address::new), group.addressesLeftOut());
    }

    private static Warning warning(Findings.Warning found) {
        return new Warning(found.type(), found.reference(), found.detail());
    }

    private static Blocker blocker(Dependency found) {
        return new Blocker(found.type(), found.member(), found.reference(), found.detail(), found.remedy());
    }
}
