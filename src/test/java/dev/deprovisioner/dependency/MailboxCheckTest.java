package dev.deprovisioner.dependency;

import static dev.deprovisioner.dependency.GenesysOrganisation.MAILBOX;
import static dev.deprovisioner.dependency.GenesysOrganisation.answer;
import static dev.deprovisioner.dependency.GenesysOrganisation.error;
import static dev.deprovisioner.dependency.GenesysOrganisation.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.dependency.DependencyProperties.GenesysNotFound;
import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;
import dev.deprovisioner.dependency.Findings.Warning;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.upstream.UpstreamResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The mailbox is lost with the group, and never blocks. */
class MailboxCheckTest {

    private final GenesysOrganisation genesys = new GenesysOrganisation();
    private Findings found = Findings.NONE;

    private List<Warning> warnings(UpstreamResponse answer, GenesysNotFound notFound) {
        genesys.provider.answersInstead(MAILBOX, answer);
        found = genesys.find(GenesysReference.MAILBOX, notFound);
        return found.warnings();
    }

    @AfterEach
    void nothingBlocks() {
        assertThat(found.dependencies()).isEmpty();
    }

    @Test
    void countsTheMessages() {
        assertThat(warnings(ok("{'totalCount':3,'unreadCount':1}"), GenesysNotFound.UNKNOWN))
                .containsExactly(new Warning(
                        "mailbox-messages",
                        null,
                        "The voice mailbox of the group is lost with it. Messages in it: 3."));
    }

    @Test
    void saysNothingOfAnEmptyMailbox() {
        assertThat(warnings(ok("{'totalCount':0}"), GenesysNotFound.UNKNOWN)).isEmpty();
    }

    @Test
    void warnsAfterA404AlsoIfItMeansNoneElsewhere() {
        assertThat(warnings(error(404, "not.found"), GenesysNotFound.NONE))
                .extracting(Warning::type)
                .containsExactly("mailbox-unknown");
    }

    @ParameterizedTest
    @MethodSource
    void warnsIfItIsUnclear(UpstreamResponse answer) {
        assertThat(warnings(answer, GenesysNotFound.UNKNOWN))
                .extracting(Warning::type)
                .containsExactly("mailbox-unknown");
    }

    @Test
    void warnsIfTheProviderFailsForLong() {
        genesys.provider.fails(MAILBOX, Recovery.RETRY);
        found = genesys.find(GenesysReference.MAILBOX, GenesysNotFound.UNKNOWN);

        assertThat(found.warnings()).extracting(Warning::type).containsExactly("mailbox-unknown");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RETRY")
    void leavesTheRunToWaitForAPermitOrAToken(Recovery recovery) {
        genesys.provider.fails(MAILBOX, recovery);

        assertThatThrownBy(() -> genesys.find(GenesysReference.MAILBOX, GenesysNotFound.UNKNOWN))
                .isInstanceOf(Fault.class);
    }

    static Stream<UpstreamResponse> warnsIfItIsUnclear() {
        return Stream.of(
                error(403, "missing.any.permissions"),
                error(404, "not.found"),
                answer(404, "<html>"),
                error(400, "bad.request"),
                answer(204, ""),
                ok("{}"),
                ok("{'totalCount':'3'}"),
                ok("{'totalCount':-1}"));
    }
}
