package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.problem.UpstreamProblems;
import dev.deprovisioner.scim.GroupEvidence.Present;
import dev.deprovisioner.scim.MemberEvidence.Incomplete;
import dev.deprovisioner.scim.MemberEvidence.Listed;
import dev.deprovisioner.scim.MemberEvidence.NotListed;
import dev.deprovisioner.scim.ScimGroup.Member;
import dev.deprovisioner.testbed.ScriptedProvider;
import dev.deprovisioner.upstream.MalformedResponseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/** The reads that show who is in a group, and what they prove together. */
class GroupReadsTest {

    private static final GroupId ID = new GroupId("g1");
    private static final String PLAIN = "/Groups/g1";
    private static final String NAMED = "/Groups/g1?attributes=members";
    private static final Member ANN = new Member(new MemberId("u1"), false);
    private static final PriorEvidence LISTED = new PriorEvidence(true, () -> false, 500);

    private final ScriptedProvider provider = new ScriptedProvider();
    private final MemberListing listing = mock(MemberListing.class);

    private GroupEvidence read(PriorEvidence prior) {
        return reading(null, prior);
    }

    private GroupEvidence reading(@Nullable String query, PriorEvidence prior) {
        var path = "/Groups/{groupId}";
        var properties = GroupReadSettings.of(path, query);
        return new GroupReads(provider.upstream, provider.identity, properties, listing).read(ID, prior);
    }

    private static MemberEvidence members(GroupEvidence evidence) {
        return evidence instanceof Present(var group, var members, var sentAt, var nativeGroup)
                ? members
                : fail(evidence);
    }

    private static MemberEvidence fail(GroupEvidence evidence) {
        throw new AssertionError(evidence);
    }

    private void shows(String path, String attributes) {
        provider.answers(path, Answers.json(200, "{\"id\":\"g1\"" + attributes + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ",\"members\":[{\"value\":\"u1\"}]",
                ",\"Members\":[{\"value\":\"u1\"}]",
                ",\"MEMBERS\":{\"Value\":\"u1\"}"
            })
    void listsMembersAndRemembersThatTheProviderDoes(String attributes) {
        shows(PLAIN, attributes);

        assertThat(members(read(PriorEvidence.NONE))).isEqualTo(new Listed(List.of(ANN)));

        verify(listing).record();
        verify(listing, never()).isKnown();
        assertThat(provider.sent()).containsExactly("GET " + PLAIN);
    }

    @Test
    void listsAMemberWhoIsShownWhenAskedForByName() {
        shows(PLAIN, ",\"displayName\":\"Support\"");
        shows(NAMED, ",\"Members\":[{\"value\":\"u1\"}]");

        assertThat(members(read(PriorEvidence.NONE))).isEqualTo(new Listed(List.of(ANN)));
        assertThat(provider.sent()).containsExactly("GET " + PLAIN, "GET " + NAMED);
    }

    @Test
    void doesNotTakeAnEmptyListOfAProviderThatNeverListsMembersForAnEmptyGroup() {
        shows(PLAIN, ",\"members\":[]");

        assertThat(members(read(PriorEvidence.NONE))).isEqualTo(new NotListed(MemberProblems.membersNotListed("")));
        verify(listing, never()).record();
    }

    @Test
    void namesTheQueryThatShowedNoMembers() {
        shows(PLAIN, "");
        shows(NAMED, "");
        shows(PLAIN + "?attributes=id,members", ",\"members\":[]");

        assertThat(members(read(PriorEvidence.NONE)))
                .isEqualTo(new NotListed(MemberProblems.membersNotListed("attributes=members")));
        assertThat(members(reading("attributes=id,members", PriorEvidence.NONE)))
                .isEqualTo(new NotListed(MemberProblems.membersNotListed("attributes=id,members")));
    }

    @Test
    void believesAnEmptyListOfAProviderThatIsKnownToListMembers() {
        shows(PLAIN, "");
        shows(NAMED, ",\"members\":[]");
        when(listing.isKnown()).thenReturn(true);

        assertThat(members(read(PriorEvidence.NONE))).isEqualTo(new Listed(List.of()));
    }

    @Test
    void believesAnEmptyListAfterTheRunHasSeenAMember() {
        shows(PLAIN, "");
        shows(NAMED, "");

        assertThat(members(read(LISTED))).isEqualTo(new Listed(List.of()));
        verify(listing, never()).isKnown();
    }

    @Test
    void isNotListedWhereTheProviderRefusesToBeAskedForMembers() {
        shows(PLAIN, "");
        provider.answers(NAMED, Answers.json(400, "{\"detail\":\"attributes not supported\"}"));
        when(listing.isKnown()).thenReturn(true);

        assertThat(members(read(LISTED)))
                .isEqualTo(new NotListed(MemberProblems.membersNotListed("attributes=members")));
    }

    @Test
    void isIncompleteWhereACountOfEitherReadIsLarger() {
        shows(PLAIN, ",\"memberCount\":3");
        shows(NAMED, ",\"members\":[]");

        assertThat(members(read(LISTED))).isEqualTo(new Incomplete(List.of(), 3));
    }

    @Test
    void isIncompleteWhereTheListIsOnlyAPage() {
        shows(PLAIN, ",\"members\":[{\"value\":\"u1\"}],\"totalResults\":150,\"itemsPerPage\":100");

        assertThat(members(read(PriorEvidence.NONE))).isEqualTo(new Incomplete(List.of(ANN), 150));
        verify(listing).record();
    }

    @Test
    void isNotDecidedWhereTheDatabaseDoesNotSayWhetherMembersAreListed() {
        shows(PLAIN, ",\"members\":[]");
        when(listing.isKnown()).thenThrow(new DataAccessResourceFailureException("down"));

        assertThatThrownBy(() -> read(PriorEvidence.NONE)).isInstanceOf(DataAccessException.class);
    }

    @Test
    void returnsTheTimeOfTheFirstRead() {
        provider.answers(PLAIN, Answers.json(200, "{\"id\":\"g1\"}"));
        shows(NAMED, ",\"members\":[]");

        assertThat(read(LISTED))
                .isInstanceOfSatisfying(
                        Present.class, group -> assertThat(group.sentAt()).isEqualTo(200));
    }

    @Test
    void refusesAnAnswerThatIsAnotherGroup() {
        provider.answers(PLAIN, Answers.json(200, "{\"id\":\"g2\",\"members\":[]}"));

        assertThatThrownBy(() -> read(LISTED)).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void namesTheSettingOfAQueryThatTheProviderRefuses() {
        provider.answers(PLAIN + "?attributes=id,members", Answers.json(400, "{\"detail\":\"Unknown attribute\"}"));

        assertThatThrownBy(() -> reading("attributes=id,members", LISTED))
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.problem())
                                .isEqualTo(UpstreamProblems.readQueryRefused(
                                        "attributes=id,members", "HTTP 400", "Unknown attribute")));
    }

    @ParameterizedTest
    @CsvSource({"400,UPSTREAM_INVALID_RESPONSE", "403,UPSTREAM_FORBIDDEN", "405,UPSTREAM_INVALID_RESPONSE"})
    void isAFaultWhereThePlainReadIsRefused(int status, ProblemType type) {
        provider.answers(PLAIN, Answers.json(status, "{}"));

        assertThatThrownBy(() -> read(LISTED))
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.problem().type()).isEqualTo(type));
    }
}
