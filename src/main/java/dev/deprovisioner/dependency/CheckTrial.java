package dev.deprovisioner.dependency;

import java.util.List;

/**
 * How a check went that was tried out.
 *
 * @param check as its setting names it, such as {@code queues}
 * @param setting the setting that turns it off
 */
public record CheckTrial(String check, String setting, Result result) {

    /** Whether the check can rule out dependencies here. */
    public sealed interface Result {}

    /** The types of the dependencies that it reports, each once: any of them blocks a run. */
    public List<String> blockers() {
        return switch (result) {
            case Works(var found, var blockers) -> blockers;
            case Unclear(var why, var blockers) -> blockers;
            case NotTried none -> List.of();
        };
    }

    /** @param found how many dependencies and warnings it reports */
    public record Works(int found, List<String> blockers) implements Result {}

    /**
     * It can rule nothing out.
     *
     * @param why in sentences, without the provider's own words
     */
    public record Unclear(String why, List<String> blockers) implements Result {}

    /** There is no member to try it on. */
    public record NotTried() implements Result {}
}
