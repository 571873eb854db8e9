package dev.deprovisioner.dependency;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tries out the configured checks one after the other: each says by itself whether it can rule out dependencies. */
@Component
public class Trials {

    private static final String PREFIX = "deprovisioner.dependency.";

    private final Dependencies dependencies;

    Trials(Dependencies dependencies) {
        this.dependencies = dependencies;
    }

    /**
     * The results of the checks of members first.
     *
     * @param member of the group; null if it has none, or shows none
     */
    public List<CheckTrial> of(CheckedGroup group, @Nullable MemberId member) {
        return Stream.concat(
                        dependencies.memberChecks().stream().map(check -> trial(check, member)),
                        dependencies.groupChecks().stream().map(check -> trial(check, group)))
                .toList();
    }

    private static CheckTrial trial(MemberCheck check, @Nullable MemberId member) {
        var result = member == null ? new CheckTrial.NotTried() : result(() -> ofMember(check, member));
        return new CheckTrial(word(check.kind()), PREFIX + "checks", result);
    }

    private static CheckTrial trial(GroupCheck check, CheckedGroup group) {
        return new CheckTrial(
                word(check.reference()), PREFIX + "genesys-references", result(() -> ofGroup(check.check(group))));
    }

    private static String word(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static CheckTrial.Result result(Supplier<CheckTrial.Result> check) {
        try {
            return check.get();
        } catch (Fault fault) {
            return new CheckTrial.Unclear(fault.problem().detail(), List.of());
        }
    }

    /** The check's own words name the member. */
    private static CheckTrial.Result ofMember(MemberCheck check, MemberId member) {
        var found = check.check(member, new BulkRead());
        var types = types(found.stream());
        return found.filter(Dependency::isUnknown).isPresent()
                ? new CheckTrial.Unclear(
                        "For the first member, the provider answers 403 or nothing clear."
                                + " Let the OAuth client read what the check needs.",
                        types)
                : new CheckTrial.Works(found.isPresent() ? 1 : 0, types);
    }

    private static List<String> types(Stream<Dependency> found) {
        return found.map(Dependency::type).distinct().toList();
    }

    private static CheckTrial.Result ofGroup(Findings found) {
        var unclear = Stream.concat(
                found.dependencies().stream()
                        .filter(Dependency::isUnknown)
                        .map(dependency -> dependency.detail() + " " + dependency.remedy()),
                found.warnings().stream()
                        .filter(warning -> warning.type().endsWith(Dependency.UNKNOWN))
                        .map(Findings.Warning::detail));
        var types = types(found.dependencies().stream());
        int count = found.dependencies().size() + found.warnings().size();
        return unclear.findFirst()
                .<CheckTrial.Result>map(why -> new CheckTrial.Unclear(why, types))
                .orElseGet(() -> new CheckTrial.Works(count, types));
    }
}
