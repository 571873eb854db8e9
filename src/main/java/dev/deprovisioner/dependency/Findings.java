package dev.deprovisioner.dependency;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check of a group.
 *
 * @param dependencies what blocks its removal
 * @param warnings what a person should know although it blocks nothing
 */
public record Findings(List<Dependency> dependencies, List<Warning> warnings) {

    public static final Findings NONE = new Findings(List.of(), List.of());

    public Findings {
        dependencies = List.copyOf(dependencies);
        warnings = List.copyOf(warnings);
    }

    /**
     * Lost with the group.
     *
     * @param type from a closed set of each check, such as {@code mailbox-messages}
     * @param reference the provider's id of what was found, null if it named none
     * @param detail what was found, without names of persons
     */
    public record Warning(String type, @Nullable String reference, String detail) {}

    static Findings of(List<Dependency> dependencies) {
        return new Findings(dependencies, List.of());
    }

    static Findings of(Dependency dependency) {
        return of(List.of(dependency));
    }

    static Findings of(Warning warning) {
        return new Findings(List.of(), List.of(warning));
    }

    Findings and(Findings further) {
        return new Findings(
                Stream.concat(dependencies.stream(), further.dependencies.stream())
                        .toList(),
                Stream.concat(warnings.stream(), further.warnings.stream()).toList());
    }
}
