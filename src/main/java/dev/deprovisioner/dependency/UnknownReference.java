package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a check reports if it cannot rule a reference out.
 *
 * @param type of the dependency, such as {@code queue-unknown}
 * @param question what is unknown, such as "Whether a queue refers to the group"
 * @param needed what lets the check find an answer, as an imperative clause
 * @param reference the word in {@code deprovisioner.dependency.genesys-references} that turns the check on
 */
record UnknownReference(String type, String question, String needed, GenesysReference reference) {

    /** What was found, and the unknown dependency if there may be more. */
    Findings conclude(Listing<Dependency> seen) {
        return Findings.of(Stream.concat(seen.found().stream(), unknown(seen).stream())
                .distinct()
                .toList());
    }

    private List<Dependency> unknown(Listing<Dependency> seen) {
        return seen.doubt() == null
                ? List.of()
                : List.of(new Dependency(
                        type,
                        null,
                        null,
                        question + " is unknown. " + seen.doubt() + ". An unknown reference blocks the run.",
                        remedy(),
                        seen.correlationId()));
    }

    private String remedy() {
        return needed + ", then post the group again. Or check it by hand, and set"
                + " deprovisioner.dependency.genesys-references without "
                + reference.name().toLowerCase(Locale.ROOT) + ".";
    }
}
