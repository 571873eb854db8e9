package dev.deprovisioner.dependency;

/**
 * How a check went that was tried out.
 *
 * @param check as its setting names it, such as {@code queues}
 * @param setting the setting that turns it off
 */
public record CheckTrial(String check, String setting, Result result) {

    /** Whether the check can rule out dependencies here. */
    public sealed interface Result {}

    /** @param found how many dependencies and warnings it reports */
    public record Works(int found) implements Result {}

    /**
     * It can rule nothing out.
     *
     * @param why in sentences, without the provider's own words
     */
    public record Unclear(String why) implements Result {}

    /** There is no member to try it on. */
    public record NotTried() implements Result {}
}
