package dev.deprovisioner.chaos;

import org.jspecify.annotations.Nullable;

/** How many members a run has removed, from what the provider held before and after each of its requests. */
final class Tally {

    private int shown;
    private int unseen;
    private boolean listed;

    /** The provider has listed a member, of this group or of another. */
    void listed() {
        listed = true;
    }

    /**
     * Members have left the group by a removal of this run.
     *
     * @param shownBefore how many of them were named, or had been shown by the read that it was decided on
     * @param unseenBefore how many had joined after that: the service cannot know whether they were ever there
     */
    void left(int shownBefore, int unseenBefore) {
        shown += shownBefore;
        unseen += unseenBefore;
    }

    /**
     * What is wrong with a number that was said.
     *
     * @param said null if none was
     * @return empty if nothing is
     */
    String objection(@Nullable Integer said) {
        if (said != null && !listed) {
            return "says that " + said + " members were removed, though none was ever listed";
        }
        int number = said == null ? 0 : said;
        return number < shown || number > shown + unseen
                ? "says that " + (said == null ? "no" : said) + " members were removed instead of " + shown
                : "";
    }

    /** The same of a number that was said before all was known. */
    String objectionToEarly(@Nullable Integer said) {
        return said != null && said > shown + unseen
                ? "says that " + said + " members were removed, of " + (shown + unseen)
                : "";
    }
}
