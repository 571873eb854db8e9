package dev.deprovisioner.deprovision.step;

import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.deprovisioner.deprovision.CheckedMembers;
import dev.deprovisioner.deprovision.Deprovision;
import dev.deprovisioner.deprovision.Outcome;
import dev.deprovisioner.deprovision.run.StubbedProvider;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.scim.GroupsClient;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A validation that was interrupted goes on where it was, if that was not long ago. */
class ResumedValidationTest extends StubbedProvider {

    @Autowired
    private CheckedMembers checked;

    @Autowired
    private GroupsClient groups;

    @BeforeEach
    void deletable() {
        onPatch(status(204));
        onDelete(status(204));
    }

    private static void assertAsked(String member, int times) {
        provider.verify(exactly(times), getRequestedFor(urlEqualTo(profile(member))));
    }

    private int chunks() {
        return jdbc.sql("SELECT COUNT(*) FROM checked_members WHERE deprovision_id = :run")
                .param("run", latest().id().value())
                .query(Integer.class)
                .single();
    }

    private static ResponseDefinitionBuilder throttled() {
        return status(429).withHeader("Retry-After", "60");
    }

    /** A run whose first attempt ended before the others, like one of a process that stopped. */
    private Deprovision interrupted(String... members) {
        var run = requested();
        keep(run, here("ROUTING_PROFILE"), members);
        advance(run);
        return latest();
    }

    /** The answers of these checks at this provider. */
    private String here(String checks) {
        return checks + "@" + groups.readSettings().provider();
    }

    private void keep(Deprovision run, String checks, String... members) {
        checked.add(run, checks, Arrays.stream(members).map(MemberId::new).toList(), time.instant());
    }

    @Test
    void asksOnlyAboutMembersWhoseAnswerIsMissing() {
        onRead(throttled(), with("ann", "bob", "cid"), with(), noGroup(404));

        var end = ended(interrupted("ann", "bob", "left"));

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertThat(end.progress().membersChecked()).isEqualTo(3);
        assertAsked("ann", 0);
        assertAsked("bob", 0);
        assertAsked("cid", 1);
        assertThat(chunks()).isZero();
    }

    @Test
    void asksAgainAboutAllAfterALongInterruption() {
        onRead(throttled(), with("ann"), with(), noGroup(404));
        var parked = interrupted("ann");
        time.step(Duration.ofMinutes(16));

        assertThat(ended(parked).verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertAsked("ann", 1);
        assertThat(chunks()).isZero();
    }

    @Test
    void asksAgainOnlyAboutMembersWhoseOwnAnswerIsOld() {
        onRead(throttled(), with("ann", "bob"), with(), noGroup(404));
        var parked = interrupted("ann");
        time.step(Duration.ofMinutes(14));
        keep(parked, here("ROUTING_PROFILE"), "bob");
        time.step(Duration.ofMinutes(2));

        assertThat(ended(parked).verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertAsked("ann", 1);
        assertAsked("bob", 0);
        assertThat(chunks()).isZero();
    }

    @Test
    void asksAgainAboutMembersForWhomOtherChecksAnswered() {
        onRead(throttled(), with("ann"), with(), noGroup(404));
        var run = requested();
        keep(run, here("OTHER_CHECK"), "ann");
        advance(run);

        assertThat(ended(latest()).verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertAsked("ann", 1);
        assertThat(chunks()).isZero();
    }

    @Test
    void asksAllMembersOfAGroupThatHasChangedAgain() {
        onRead(throttled(), with("ann"), with("ann", "bob"), with("ann", "bob"), with(), noGroup(404));
        onPatch(status(412), status(204));

        var end = ended(interrupted("ann"));

        assertThat(end.verdict().outcome()).isEqualTo(Outcome.DELETED);
        assertAsked("ann", 1);
        assertAsked("bob", 1);
    }
}
