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
import dev.deprovisioner.problem.Fault.Recovery;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupEvidence.Present;
import dev.deprovisioner.scim.MemberEvidence.Incomplete;
import dev.deprovisioner.scim.MemberEvidence.Listed;
import dev.deprovisioner.scim.MemberEvidence.NotListed;
import dev.deprovisioner.scim.ScimGroup.Member;
import dev.deprovisioner.scim.ScimProperties.MemberRemovalStyle;
import dev.deprovisioner.scim.ScimProperties.MembersSource;
import dev.deprovisioner.scim.ScimProperties.MembersVisibleBy;
import dev.deprovisioner.scim.ScimProperties.PlainNotFound;
import dev.deprovisioner.scim.ScimProperties.UserPaging;
import dev.deprovisioner.testbed.ScriptedProvider;
import dev.deprovisioner.upstream.MalformedResponseException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members who are found in a search for users, because the group itself never lists them. */
class UsersFilterTest {

    private static final GroupId ID = new GroupId("g1");
    private static final String GROUP = "/Groups/g1";
    private static final String SEARCH = "/Users?filter=groups.value eq \"g1\"";
    private static final String FIRST = SEARCH + "&cursor=";
    private static final Member ANN = new Member(new MemberId("ann"), false);
    private static final Member BOB = new Member(new MemberId("bob"), false);
    private static final PriorEvidence LISTED = new PriorEvidence(true, () -> false, 500);
    private static final NotListed UNSEEN =
            new NotListed(MemberProblems.membersNotListed("filter=groups.value eq {groupId}"));

    private final ScriptedProvider provider = new ScriptedProvider();
    private final MemberListing listing = mock(MemberListing.class);
    private MembersVisibleBy visibleBy = MembersVisibleBy.PROVIDER;

    @BeforeEach
    void groupWithoutMembers() {
        groupShows(",\"members\":[]");
    }

    private void groupShows(String attributes) {
        provider.answers(GROUP, Answers.json(200, "{\"id\":\"g1\"" + attributes + "}"));
    }

    private MemberEvidence read(PriorEvidence prior) {
        var path = "/Groups/{groupId}";
        var properties = new ScimProperties(
                path,
                path,
                "application/json",
                MemberRemovalStyle.FILTERED,
                100,
                null,
                PlainNotFound.VERIFY,
                MembersSource.USERS_FILTER,
                visibleBy,
                "/Users",
                UserPaging.CURSOR_OR_INDEX,
                null,
                Duration.ofSeconds(15));
        var evidence = new GroupReads(provider.upstream, provider.identity, properties, listing).read(ID, prior);
        return ((Present) evidence).members();
    }

    @Test
    void areListedAndTheProviderIsRememberedForIt() {
        provider.answers(FIRST, Answers.json(200, """
                {"itemsPerPage":1,"nextCursor":"x+/=","Resources":[{"id":"ann"}]}"""));
        provider.answers(SEARCH + "&cursor=x+/=", Answers.json(200, """
                {"itemsPerPage":1,"Resources":[{"id":"bob"}]}"""));

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Listed(List.of(ANN, BOB)));
        verify(listing).record();
        assertThat(provider.sent()).containsExactly("GET " + GROUP, "GET " + FIRST, "GET " + SEARCH + "&cursor=x+/=");
    }

    @Test
    void areSearchedByIndexWhereThereIsNoCursor() {
        provider.answers(FIRST, Answers.json(200, """
                {"totalResults":2,"Resources":[{"id":"ann"}]}"""));
        provider.answers(SEARCH + "&startIndex=2", Answers.json(200, """
                {"totalResults":2,"startIndex":2,"Resources":[{"id":"bob"}]}"""));

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Listed(List.of(ANN, BOB)));
    }

    @Test
    void areSearchedWithoutACursorWhereItIsRefused() {
        provider.answers(FIRST, Answers.json(400, "{\"detail\":\"unknown parameter cursor\"}"));
        provider.answers(SEARCH, Answers.json(200, """
                {"totalResults":1,"Resources":[{"id":"ann"}]}"""));

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Listed(List.of(ANN)));
    }

    @Test
    void areNotBelievedToBeNoneOfAProviderThatWasNeverSeenToFindAny() {
        provider.answers(FIRST, Answers.json(200, "{\"totalResults\":0}"));

        assertThat(read(PriorEvidence.NONE)).isEqualTo(UNSEEN);
        verify(listing, never()).record();
        assertThat(read(LISTED)).isEqualTo(new Listed(List.of()));
        when(listing.isKnown()).thenReturn(true);
        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Listed(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A search that does not filter by the group.
                "{\"totalResults\":2,\"Resources\":[{\"id\":\"ann\",\"groups\":[{\"value\":\"g1\"}]},"
                        + "{\"id\":\"bob\",\"groups\":[{\"value\":\"g2\"}]}]}",
                "{\"totalResults\":1,\"Resources\":[{\"id\":\"ann\",\"groups\":[{\"value\":\"g2\"}]}]}",
                // More users than it counts.
                "{\"totalResults\":1,\"Resources\":[{\"id\":\"ann\"},{\"id\":\"bob\"}]}",
                "{\"itemsPerPage\":1,\"Resources\":[{\"id\":\"ann\"},{\"id\":\"bob\"}]}",
                // A user twice.
                "{\"totalResults\":2,\"Resources\":[{\"id\":\"ann\"},{\"id\":\"ann\"}]}",
                // Another page than the first.
                "{\"totalResults\":9,\"startIndex\":9,\"Resources\":[{\"id\":\"ann\"}]}"
            })
    void doNotShowThatTheProviderFindsAnyIfTheirPageContradictsItself(String page) {
        provider.answers(FIRST, Answers.json(200, page));

        assertThat(read(PriorEvidence.NONE)).isInstanceOf(Incomplete.class);
        verify(listing, never()).record();
    }

    @Test
    void showThatTheProviderFindsSomeAlsoIfMoreFollow() {
        provider.answers(FIRST, Answers.json(200, """
                {"itemsPerPage":1,"nextCursor":"c","Resources":[{"id":"ann"}]}"""));
        provider.answers(SEARCH + "&cursor=c", Answers.json(400, "{}"));

        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Incomplete(List.of(ANN), -1));
        verify(listing).record();
    }

    @ParameterizedTest
    @CsvSource({"400,400", "501,501"})
    void areNotListedWhereTheSearchIsNotSupported(int withCursor, int without) {
        provider.answers(FIRST, Answers.json(withCursor, "{\"scimType\":\"invalidFilter\"}"));
        provider.answers(SEARCH, Answers.json(without, "{\"scimType\":\"invalidFilter\"}"));

        assertThat(read(PriorEvidence.NONE)).isEqualTo(UNSEEN);
    }

    @Test
    void areHiddenWhereAProviderThatHasListedThemRefusesTheSearch() {
        provider.answers(FIRST, Answers.json(400, "{}"));
        provider.answers(SEARCH, Answers.json(400, "{}"));

        assertThat(read(LISTED)).isEqualTo(new Incomplete(List.of(), -1));
        when(listing.isKnown()).thenReturn(true);
        assertThat(read(PriorEvidence.NONE)).isEqualTo(new Incomplete(List.of(), -1));
    }

    @Test
    void areIncompleteWhereUsersAreInTheGroupThroughAGroupThatIsNotListed() {
        provider.answers(FIRST, Answers.json(200, """
                {"totalResults":1,"Resources":[{"id":"ann","groups":[{"value":"g1","type":"indirect"}]}]}"""));

        assertThat(read(LISTED)).isEqualTo(new Incomplete(List.of(), -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"message\":\"throttled\"}", "{\"itemsPerPage\":100}"})
    void areNotKnownFromAPageWithoutUsersAndWithoutACount(String body) {
        provider.answers(FIRST, Answers.json(200, """
                {"itemsPerPage":1,"nextCursor":"c","Resources":[]}"""));
        provider.answers(SEARCH + "&cursor=c", Answers.json(200, body));

        assertThatThrownBy(() -> read(LISTED)).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void areNotBelievedToBeNoneWhereVisibilityIsByGroupAndTheClientSeesNoUser() {
        visibleBy = MembersVisibleBy.GROUP;
        when(listing.isKnown()).thenReturn(true);
        provider.answers(FIRST, Answers.json(200, "{\"totalResults\":0}"));
        provider.answers("/ServiceProviderConfig", Answers.json(200, "{\"filter\":{\"supported\":true}}"));
        provider.answers("/Users?count=1", Answers.json(200, "{\"totalResults\":0}"));

        assertThat(read(PriorEvidence.NONE)).isEqualTo(UNSEEN);
    }

    @ParameterizedTest
    @CsvSource({
        "403,UPSTREAM_FORBIDDEN,FAIL",
        "404,UPSTREAM_INVALID_RESPONSE,RETRY",
        "410,UPSTREAM_INVALID_RESPONSE,RETRY"
    })
    void cannotBeKnownWhereTheSearchIsNotAllowedOrNotThere(int status, ProblemType type, Recovery recovery) {
        provider.answers(FIRST, Answers.json(status, "{}"));

        assertFault(type, recovery);
    }

    private void assertFault(ProblemType type, Recovery recovery) {
        assertThatThrownBy(() -> read(LISTED)).isInstanceOfSatisfying(Fault.class, fault -> {
            assertThat(fault.problem().type()).isEqualTo(type);
            assertThat(fault.recovery()).isEqualTo(recovery);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void areWaitedForWhereALaterPageIsNotThere(int status) {
        provider.answers(FIRST, Answers.json(200, """
                {"itemsPerPage":1,"nextCursor":"c","Resources":[{"id":"ann"}]}"""));
        provider.answers(SEARCH + "&cursor=c", Answers.json(status, "{}"));

        assertFault(ProblemType.UPSTREAM_INVALID_RESPONSE, Recovery.RETRY);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void areIncompleteWhereALaterPageIsRefused(int status) {
        provider.answers(FIRST, Answers.json(200, """
                {"itemsPerPage":1,"nextCursor":"c","Resources":[{"id":"ann"}]}"""));
        provider.answers(SEARCH + "&cursor=c", Answers.json(status, "{\"scimType\":\"expiredCursor\"}"));

        assertThat(read(LISTED)).isEqualTo(new Incomplete(List.of(ANN), -1));
    }

    @Test
    void areWaitedForWhereALaterPageFails() {
        provider.answers(FIRST, Answers.json(200, """
                {"itemsPerPage":1,"nextCursor":"c","Resources":[{"id":"ann"}]}"""));
        provider.fails(SEARCH + "&cursor=c", Recovery.RETRY);

        assertThatThrownBy(() -> read(LISTED)).isInstanceOf(Fault.class);
    }

    @Test
    void areIncompleteWhereTheGroupItselfCountsOrListsMore() {
        provider.answers(FIRST, Answers.json(200, "{\"totalResults\":1,\"Resources\":[{\"id\":\"ann\"}]}"));
        groupShows(",\"memberCount\":3");
        assertThat(read(LISTED)).isEqualTo(new Listed(List.of(ANN)));
        assertThat(read(LISTED)).isEqualTo(new Incomplete(List.of(ANN), 3));
    }

    @Test
    void areIncompleteWhereTheGroupListsAUserWhomTheSearchDoesNotFind() {
        var other = new ScriptedGroup(",\"members\":[{\"value\":\"bob\"}]", "{\"totalResults\":0}");

        assertThat(other.read()).isEqualTo(new Incomplete(List.of(), -1));
    }

    @Test
    void areNotBelievedToBeNestedGroupsOnlyOfAProviderThatWasNeverSeenToFindAUser() {
        var other = new ScriptedGroup(",\"members\":[{\"value\":\"g2\",\"type\":\"Group\"}]", "{\"totalResults\":0}");

        assertThat(other.test.read(PriorEvidence.NONE)).isEqualTo(UNSEEN);
    }

    @Test
    void mayBeNestedGroupsOnlyOfAProviderThatHasFoundUsers() {
        var other = new ScriptedGroup(",\"members\":[{\"value\":\"g2\",\"type\":\"Group\"}]", "{\"totalResults\":0}");
        when(other.test.listing.isKnown()).thenReturn(true);

        assertThat(other.test.read(PriorEvidence.NONE))
                .isEqualTo(new Listed(List.of(new Member(new MemberId("g2"), true))));
    }

    @Test
    void includeNestedGroupsThatTheGroupItselfLists() {
        var other = new ScriptedGroup(
                ",\"members\":[{\"value\":\"g2\",\"type\":\"Group\"},{\"value\":\"ann\"}]",
                "{\"totalResults\":1,\"Resources\":[{\"id\":\"ann\"}]}");

        assertThat(other.read()).isEqualTo(new Listed(List.of(ANN, new Member(new MemberId("g2"), true))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"totalResults\":1,\"Resources\":\"ann\"}",
                "{\"totalResults\":1,\"Resources\":[\"ann\"]}",
                "{\"totalResults\":1,\"Resources\":[{\"userName\":\"ann\"}]}",
                "{\"totalResults\":1,\"Resources\":[{\"id\":\"a\\u0000\"}]}",
                "{\"totalResults\":1,\"totalresults\":2,\"Resources\":[{\"id\":\"a\"}]}"
            })
    void areNotReadFromAnAnswerThatIsNoListOfUsers(String body) {
        provider.answers(FIRST, Answers.json(200, body));

        assertThatThrownBy(() -> read(LISTED)).isInstanceOf(MalformedResponseException.class);
    }

    /** A group and the answer to the search for its users. */
    private static final class ScriptedGroup {

        private final UsersFilterTest test = new UsersFilterTest();

        private ScriptedGroup(String attributes, String users) {
            test.groupShows(attributes);
            test.provider.answers(FIRST, Answers.json(200, users));
        }

        private MemberEvidence read() {
            return test.read(LISTED);
        }
    }
}
