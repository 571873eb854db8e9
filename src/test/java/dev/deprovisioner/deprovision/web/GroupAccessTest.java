package dev.deprovisioner.deprovision.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.DeprovisionHistory;
import dev.deprovisioner.deprovision.Run;
import dev.deprovisioner.deprovision.RunKey;
import dev.deprovisioner.deprovision.Runs;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.problem.CallerProblems;
import dev.deprovisioner.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Which groups callers may name at the HTTP face; "g1" is a group's id, and "portal" asked for its runs. */
class GroupAccessTest extends WebFace {

    private MvcTestResult send(HttpMethod method, String caller) {
        return send(method, "/deprovisions/g1", caller);
    }

    private MvcTestResult send(HttpMethod method, String path, String caller) {
        return request(method, path, caller, "deprovision:read", "deprovision:write")
                .exchange();
    }

    private static @Nullable Deprovision run(String kind) {
        return switch (kind) {
            case "none" -> null;
            case "active" -> Runs.scheduled();
            case "active, named" -> Runs.validated("Sales EMEA");
            case "ended" -> Runs.blocked();
            case "ended, named" -> Runs.blocked("Sales EMEA");
            case "succeeded, named" -> Runs.succeeded("Sales EMEA");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "by-id,   none,           404",
        "by-id,   active,         200",
        "by-id,   ended,          200",
        "by-name, none,           404",
        "by-name, active,         403",
        "by-name, 'active, named', 200",
        "by-name, ended,          403",
        "by-name, 'ended, named', 200",
        "another, none,           404",
        "another, active,         403",
        "another, 'ended, named', 403",
        "portal,  active,         200",
        "portal,  ended,          200",
        "portal,  'ended, named', 403",
        "unknown, none,           403",
        "unknown, 'ended, named', 403"
    })
    void showsARunToThoseWhoMayNameItsGroup(String caller, String kind, int status) {
        given(history.latest(eq(GROUP), any())).willReturn(Optional.ofNullable(run(kind)));
        assertThat(send(HttpMethod.GET, caller)).hasStatus(status);
    }

    @ParameterizedTest
    @CsvSource({
        "by-id,   none,             202",
        "by-id,   active,           202",
        "by-name, none,             202",
        "by-name, 'active, named',  202",
        "by-name, 'ended, named',   202",
        "another, none,             202",
        "another, 'ended, named',   202",
        "portal,  active,           202"
    })
    void takesAnOrderAsLongAsTheGroupMayBeOneOfTheCallers(String caller, String kind, int status) {
        var latest = run(kind);
        if (latest != null && !latest.isTerminal()) {
            finds(latest);
        } else {
            given(deprovisioning.request(any(), any(), any())).willReturn(Runs.scheduled(caller));
        }
        assertThat(send(HttpMethod.POST, caller)).hasStatus(status);
    }

    @ParameterizedTest
    @CsvSource({"by-name, active", "another, active", "another, 'active, named'"})
    void refusesAnOrderThatFindsARunWhichTheCallerMayNotSee(String caller, String kind) {
        finds(Objects.requireNonNull(run(kind)));
        assertThat(send(HttpMethod.POST, caller))
                .hasStatus(403)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/forbidden");
    }

    @ParameterizedTest
    @CsvSource({"by-id, true", "admin, true", "by-name, false", "another, false", "portal, false"})
    void holdsTheGroupAtOnceOnlyForACallerThatItsIdAllows(String caller, boolean manages) {
        given(deprovisioning.request(any(), any(), any())).willReturn(Runs.scheduled(caller));
        assertThat(send(HttpMethod.POST, caller)).hasStatus(202);
        verify(deprovisioning).request(eq(GROUP), any(), argThat(access -> access.manages() == manages));
    }

    @Test
    void showsItsOwnRunToACallerWhoMayNotSeeTheOneThatHoldsTheGroup() {
        var own = Runs.scheduled("another");
        given(history.latest(eq(GROUP), any())).willReturn(Optional.of(Runs.validated("Sales EMEA")));
        given(history.latestBy(new Caller("another"), GROUP)).willReturn(Optional.of(own));
        assertThat(send(HttpMethod.GET, "another"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.id")
                .isEqualTo(own.id().toString());
    }

    @Test
    void decidesNothingForACallerWithoutAnyGroup() {
        assertThat(send(HttpMethod.POST, "unknown")).hasStatus(403);
        verifyNoInteractions(deprovisioning);
    }

    @Test
    void doesNotShowAnEarlierSuccessToOneWhoMayNotSeeIt() {
        finds(Runs.succeeded("Sales EMEA"));
        assertThat(send(HttpMethod.POST, "another")).hasStatus(403).bodyText().doesNotContain("Sales", "portal");
        assertThat(send(HttpMethod.POST, "by-name")).hasStatusOk();
    }

    @ParameterizedTest
    @CsvSource({"by-id, 200", "by-name, 200", "another, 403", "portal, 403", "unknown, 403"})
    void letsThoseCallOffARunWhoMaySeeIt(String caller, int status) {
        given(deprovisioning.cancel(eq(GROUP), eq(new Caller(caller)), any())).willAnswer(call -> {
            var run = Runs.validated("Sales EMEA");
            if (call.<Predicate<Run>>getArgument(2).test(run)) {
                return run;
            }
            throw new ProblemException(CallerProblems.groupNotAllowed());
        });
        assertThat(send(HttpMethod.DELETE, caller)).hasStatus(status);
    }

    @ParameterizedTest
    @CsvSource({"by-id, 200", "by-name, 200", "another, 403", "unknown, 403"})
    void showsOneRunToThoseWhoMaySeeIt(String caller, int status) {
        var run = Runs.blocked("Sales EMEA");
        given(history.find(GROUP, run.id())).willReturn(Optional.of(run));
        assertThat(send(HttpMethod.GET, "/deprovisions/g1/runs/" + run.id(), caller))
                .hasStatus(status);
    }

    @ParameterizedTest
    @CsvSource({"by-id, 2", "by-name, 1", "another, 0", "portal, 1"})
    void listsOnlyWhatTheCallerMaySee(String caller, int items) {
        var runs = List.of(Runs.scheduled(), Runs.blocked("Sales EMEA"));
        given(history.page(any(), any(), anyInt(), any())).willAnswer(request -> {
            Predicate<RunKey> visible = request.getArgument(3);
            var seen = runs.stream()
                    .filter(run -> visible.test(Runs.key(run)))
                    .<Run>map(run -> run)
                    .toList();
            return new DeprovisionHistory.Page(seen, false, null);
        });
        for (var path : List.of("/deprovisions/g1/runs", "/deprovisions")) {
            assertThat(send(HttpMethod.GET, path, caller))
                    .bodyJson()
                    .extractingPath("$.items.length()")
                    .isEqualTo(items);
        }
    }
}
