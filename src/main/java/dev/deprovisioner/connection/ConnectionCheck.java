package dev.deprovisioner.connection;

import dev.deprovisioner.clock.MonotonicClock;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.CallerContext;
import dev.deprovisioner.identifier.CallerTurns;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.problem.ProblemException;
import dev.deprovisioner.problem.RequestProblems;
import dev.deprovisioner.upstream.BoundedReads;
import dev.deprovisioner.upstream.Upstream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Checks the connection to the provider, for one caller at a time, in turn. It sends GET requests only, besides those for
 * a token.
 */
@Component
class ConnectionCheck {

    private static final Logger log = LoggerFactory.getLogger(ConnectionCheck.class);
    /** No read begins later than this after the check; one that has begun goes on. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ProviderInspection provider;
    private final GroupInspection groups;
    private final Upstream upstream;
    private final MonotonicClock time;
    private final InstantSource clock;
    private final CallerTurns turns;
    private final AtomicReference<@Nullable ConnectionReport> latest = new AtomicReference<>();

    ConnectionCheck(
            ProviderInspection provider,
            GroupInspection groups,
            Upstream upstream,
            MonotonicClock time,
            InstantSource clock) {
        this.provider = provider;
        this.groups = groups;
        this.upstream = upstream;
        this.time = time;
        this.clock = clock;
        this.turns = new CallerTurns(RETRY_AFTER, time::nanos);
    }

    /** The last result of this process; empty before the first check. */
    Optional<ConnectionReport> latest() {
        return Optional.ofNullable(latest.get());
    }

    /**
     * Checks in the caller's turn, so that it delays the runs of others no more than a run of this caller would.
     *
     * @param group checked too; null for none
     * @throws ProblemException if another check is running, if it is the turn of another caller, or if the caller is not
     *     allowed to manage the group
     */
    ConnectionReport check(Caller caller, @Nullable GroupId group) {
        if (group != null) {
            groups.requireKnown(caller);
        }
        return turns.serve(caller, () -> report(caller, group))
                .orElseThrow(() -> new ProblemException(RequestProblems.connectionCheckRunning(), RETRY_AFTER));
    }

    private ConnectionReport report(Caller caller, @Nullable GroupId group) {
        var report =
                CallerContext.serving(caller, () -> BoundedReads.within(LONGEST, time, () -> inspect(caller, group)));
        latest.set(report);
        log.info("Connection checked: {}, not OK: {}", report.status(), report.troubles());
        return report;
    }

    private ConnectionReport inspect(Caller caller, @Nullable GroupId group) {
        var findings = findings(caller, group);
        return new ConnectionReport(
                clock.instant(), group, findings, upstream.rateBudget().orElse(null));
    }

    private List<Finding> findings(Caller caller, @Nullable GroupId group) {
        var token = provider.token();
        if (token.status() != FindingStatus.OK) {
            return List.of(token);
        }
        var findings = new ArrayList<>(List.of(token));
        findings.addAll(provider.api());
        if (group != null) {
            findings.addAll(groups.inspect(caller, group));
        }
        return findings;
    }
}
