package dev.deprovisioner.security;

import dev.deprovisioner.setting.InvalidSetting;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity of callers, and the permissions of each.
 *
 * @param principalClaim The claim of a caller's token that says who it is.
 * @param sslBundle The SSL bundle (spring.ssl.bundle) with the authorities that sign the certificate of the callers' issuer,
 *     and the certificate that this service shows it. The JDK's authorities unless set.
 * @param callers The groups that each caller is allowed to manage. Without an entry, every caller is allowed to manage
 *     every group.
 * @param maxActiveRuns How many active and scheduled runs a caller may have at the same time, over all replicas. A further
 *     POST is refused with 429.
 */
@ConfigurationProperties("deprovisioner.security")
record CallerProperties(
        @DefaultValue("sub") String principalClaim,
        @Nullable String sslBundle,
        @DefaultValue List<Entry> callers,
        @DefaultValue RateLimit callerRateLimit,
        @DefaultValue("1000") int maxActiveRuns) {

    private static final String PREFIX = "deprovisioner.security.";

    private static final int MOST_ACTIVE_RUNS = 1_000_000;

    CallerProperties {
        require(
                maxActiveRuns >= 1 && maxActiveRuns <= MOST_ACTIVE_RUNS,
                "max-active-runs",
                "must be from 1 to " + MOST_ACTIVE_RUNS,
                "1000");
        require(!principalClaim.isBlank(), "principal-claim", "is empty", "sub");
        callers = List.copyOf(callers);
        for (int i = 0; i < callers.size(); i++) {
            var caller = callers.get(i);
            var name = "callers[" + i + "].";
            require(!caller.principal().isBlank(), name + "principal", "is missing", "portal-*");
            require(!caller.groups().isEmpty(), name + "groups", "is missing", "support-*");
            require(
                    caller.groups().stream().noneMatch(String::isBlank),
                    name + "groups",
                    "has an empty one",
                    "support-*");
        }
    }

    /**
     * @param principal a glob
     * @param groups globs, each for the id or the display name of groups
     */
    record Entry(
            @DefaultValue("") String principal,
            @DefaultValue List<String> groups) {

        Entry {
            groups = List.copyOf(groups);
        }
    }

    /**
     * The rate of each caller at this process: so many requests at once, and as many again evenly in each period.
     *
     * @param requests Requests of each caller to this process in each period, and at once; 0 for no limit.
     * @param period In which so many requests are allowed.
     */
    record RateLimit(
            @DefaultValue("600") int requests,
            @DefaultValue("1m") Duration period) {

        private static final int MOST_REQUESTS = 1_000_000;
        private static final Duration SHORTEST = Duration.ofSeconds(1);
        private static final Duration LONGEST = Duration.ofDays(1);

        RateLimit {
            require(
                    requests >= 0 && requests <= MOST_REQUESTS,
                    "caller-rate-limit.requests",
                    "must be from 0 to " + MOST_REQUESTS,
                    "600");
            require(
                    period.compareTo(SHORTEST) >= 0 && period.compareTo(LONGEST) <= 0,
                    "caller-rate-limit.period",
                    "must be from 1s to 1d",
                    "1m");
        }
    }

    private static void require(boolean valid, String name, String wrong, String example) {
        if (!valid) {
            throw new InvalidSetting(PREFIX + name + " " + wrong + ".", "Set it to, for example, " + example + ".");
        }
    }
}
