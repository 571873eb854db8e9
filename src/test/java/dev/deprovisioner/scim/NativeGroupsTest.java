package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.Fault;
import dev.deprovisioner.problem.Problem;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.GroupEvidence.Absent;
import dev.deprovisioner.scim.GroupEvidence.OnlyInOwnApi;
import dev.deprovisioner.scim.GroupEvidence.Present;
import dev.deprovisioner.scim.GroupEvidence.Unproven;
import dev.deprovisioner.scim.MemberEvidence.Incomplete;
import dev.deprovisioner.scim.MemberEvidence.Listed;
import dev.deprovisioner.scim.MemberEvidence.NotListed;
import dev.deprovisioner.scim.NativeGroup.Address;
import dev.deprovisioner.scim.ScimGroup.Member;
import dev.deprovisioner.testbed.ScriptedProvider;
import dev.deprovisioner.upstream.MalformedResponseException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group is empty or gone only if SCIM and the provider's own API both say so. */
class NativeGroupsTest {

    private static final GroupId ID = new GroupId("g1");
    private static final String SCIM = "/scim/groups/g1";
    private static final String OWN = "/groups/g1";
    private static final String EMPTY = "{'id':'g1','members':[]}";
    private static final String ONE_MEMBER = "{'id':'g1','members':[{'value':'ann'}]}";
    private static final String NOT_FOUND =
            "{'message':'No such group','code':'not.found','status':404,'contextId':'c-1','details':[]}";

    private final ScriptedProvider provider = new ScriptedProvider();
    private final MemberListing listing = mock(MemberListing.class);

    @BeforeEach
    void knownToListMembers() {
        when(listing.isKnown()).thenReturn(true);
    }

    private GroupEvidence read(@Nullable String nativePath) {
        var properties = GroupReadSettings.of("/scim/groups/{groupId}", null, "/scim/users", nativePath);
        return new GroupReads(provider.upstream, provider.identity, properties, listing).read(ID, PriorEvidence.NONE);
    }

    private GroupEvidence read() {
        return read("/groups/{groupId}");
    }

    private void scimAnswers(int status, String body) {
        provider.answers(SCIM, Answers.json(status, body.replace('\'', '"')));
    }

    private void ownApiAnswers(int status, String body) {
        provider.answers(OWN, Answers.of(status, "application/json", body.replace('\'', '"')));
    }

    private static MemberEvidence members(GroupEvidence evidence) {
        assertThat(evidence).isInstanceOf(Present.class);
        return ((Present) evidence).members();
    }

    private static Problem problem(GroupEvidence evidence) {
        assertThat(evidence).isInstanceOf(Unproven.class);
        return ((Unproven) evidence).problem();
    }

    /** Of a list that only the own API contradicts: no other source of the members helps against that. */
    private Problem contradiction() {
        var members = members(read());
        assertThat(members).isInstanceOf(Incomplete.class);
        var problem = ((Incomplete) members).problem();
        assertThat(problem.remedy())
                .contains("SCIM", "own API", "deprovisioner.scim.native-group-path")
                .doesNotContain("read-query", "members-source");
        return problem;
    }

    @Test
    void isAskedOnlyWhereAPathIsSet() {
        scimAnswers(200, EMPTY);
        assertThat(members(read(null))).isEqualTo(new Listed(List.of()));
        assertThat(provider.sent()).containsExactly("GET /scim/groups/g1");
    }

    @Test
    void aGroupIsEmptyIfBothSaySo() {
        scimAnswers(200, EMPTY);
        ownApiAnswers(200, "{'id':'G1','state':'active','memberCount':0}");
        assertThat(members(read())).isEqualTo(new Listed(List.of()));
        assertThat(provider.sent()).containsExactly("GET /scim/groups/g1", "GET /groups/g1");
    }

    @Test
    void anEmptyListIsContradictedByACount() {
        scimAnswers(200, EMPTY);
        ownApiAnswers(200, "{'id':'g1','memberCount':30}");
        assertThat(contradiction().detail()).contains("no members of the group over SCIM", "own API counts 30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "'2'", "2.0"})
    void aListThatIsShorterThanTheCountIsIncomplete(String count) {
        scimAnswers(200, ONE_MEMBER);
        ownApiAnswers(200, "{'id':'g1','memberCount':" + count + "}");
        assertThat(contradiction().detail()).contains("1 member of the group over SCIM", "own API counts 2");
    }

    @Test
    void aCountBehindTheListChangesNothing() {
        scimAnswers(200, ONE_MEMBER);
        ownApiAnswers(200, "{'id':'g1','memberCount':0}");
        assertThat(members(read())).isInstanceOf(Listed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'memberCount':'x'", ",'memberCount':-1", ",'memberCount':null", ",'memberCount':0.5"})
    void anEmptyListWithoutACountIsNotBelieved(String count) {
        scimAnswers(200, EMPTY);
        ownApiAnswers(200, "{'id':'g1'" + count + "}");
        assertThat(members(read())).isInstanceOf(NotListed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'x'", "-1", "0.5", "true", "{}", "''", "'1 of 2'"})
    void aListBesideACountThatCannotBeReadIsInDoubt(String count) {
        scimAnswers(200, ONE_MEMBER);
        ownApiAnswers(200, "{'id':'g1','memberCount':" + count + "}");
        assertThat(contradiction().detail()).contains("1 member of the group over SCIM", "does not say clearly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'memberCount':null"})
    void aListWithoutACountMayBeIncomplete(String count) {
        scimAnswers(200, ONE_MEMBER);
        ownApiAnswers(200, "{'id':'g1'" + count + "}");
        assertThat(contradiction().detail()).contains("does not say clearly");
    }

    @Test
    void aListThatScimItselfCallsIncompleteIsNotBlamedOnTheOwnApi() {
        scimAnswers(200, "{'id':'g1','members':[{'value':'ann'}],'totalResults':3}");
        ownApiAnswers(200, "{'id':'g1','memberCount':3}");
        assertThat(members(read())).isEqualTo(new Incomplete(List.of(new Member(new MemberId("ann"), false)), 3));
    }

    @Test
    void aProviderThatIsNotKnownToListMembersStaysSo() {
        when(listing.isKnown()).thenReturn(false);
        scimAnswers(200, EMPTY);
        ownApiAnswers(200, "{'id':'g1','memberCount':0}");
        assertThat(members(read())).isInstanceOf(NotListed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'id':'g1','state':'deleted'}", "{'id':'g1','state':'DELETED','memberCount':4}"})
    void aGroupIsGoneIfBothSaySo(String deleted) {
        scimAnswers(404, NOT_FOUND);
        ownApiAnswers(200, deleted);
        assertThat(read()).isInstanceOf(Absent.class);
    }

    @Test
    void theOwnNotFoundProvesTheSame() {
        scimAnswers(404, NOT_FOUND);
        ownApiAnswers(404, NOT_FOUND);
        assertThat(read()).isInstanceOf(Absent.class);
    }

    @Test
    void aGroupThatOneOfThemShowsIsNotGone() {
        scimAnswers(404, NOT_FOUND);
        ownApiAnswers(200, "{'id':'g1','state':'active','memberCount':0}");
        assertThat(read()).isInstanceOfSatisfying(OnlyInOwnApi.class, only -> {
            assertThat(only.problem().detail()).contains("its own API still shows it");
            assertThat(only.group().isEmpty()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'memberCount':null", ",'memberCount':1", ",'memberCount':'x'"})
    void aGroupIsNotCalledEmptyByAnotherCount(String count) {
        scimAnswers(404, NOT_FOUND);
        ownApiAnswers(200, "{'id':'g1','state':'active'" + count + "}");
        assertThat(read())
                .isInstanceOfSatisfying(
                        OnlyInOwnApi.class,
                        only -> assertThat(only.group().isEmpty()).isFalse());
    }

    @Test
    void aGroupThatOneOfThemHasDeletedIsNotThere() {
        scimAnswers(200, EMPTY);
        ownApiAnswers(404, NOT_FOUND);
        assertThat(problem(read()).detail()).contains("over SCIM").contains("gone");
    }

    @Test
    void aNotFoundOfAGatewayProvesNothing() {
        scimAnswers(404, NOT_FOUND);
        ownApiAnswers(404, "<html>no route</html>");
        assertThat(problem(read()).type()).isEqualTo(ProblemType.UPSTREAM_INVALID_RESPONSE);
    }

    @Test
    void aRefusalNamesThePermission() {
        scimAnswers(200, EMPTY);
        ownApiAnswers(403, "{'message':'no','code':'missing.permissions','status':403}");
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.problem().type()).isEqualTo(ProblemType.UPSTREAM_FORBIDDEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'id':'g2','memberCount':0}", "{'memberCount':0}", "[]", "", "{'id':'g1','ID':'g1'}"})
    void anAnswerThatIsNotThisGroupIsMalformed(String body) {
        scimAnswers(200, EMPTY);
        ownApiAnswers(200, body);
        assertThatThrownBy(this::read).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void showsPhoneNumbersAndTheGroupRing() {
        var list = "[{'address':'+49 30 1234','type':'PRIMARY'},{'extension':'4711'},{'type':'GROUPRING'}]";
        assertThat(addresses(list))
                .containsExactly(
                        new Address("PRIMARY", "+49 30 1234"), new Address("", "4711"), new Address("GROUPRING", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null"})
    void mayHaveNoAddresses(String list) {
        assertThat(addresses(list)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'+49 30 1234'", "{}", "['+49 30 1234']", "7"})
    void saysWhereAddressesCannotBeRead(String list) {
        assertThat(addresses(list)).isNull();
    }

    @Test
    void saysWhereAddressesAreLeftOut() {
        assertThat(shown("").addressesLeftOut()).isTrue();
        assertThat(shown("").addresses()).isNull();
        assertThat(shown(",'addresses':null").addressesLeftOut()).isFalse();
    }

    private @Nullable List<Address> addresses(String list) {
        return shown(",'addresses':" + list).addresses();
    }

    private NativeGroup shown(String more) {
        provider.answersInstead(SCIM, Answers.json(200, ONE_MEMBER.replace('\'', '"')));
        provider.answersInstead(
                OWN,
                Answers.of(
                        200,
                        "application/json",
                        "{'id':'g1','memberCount':1%s}".formatted(more).replace('\'', '"')));
        return Objects.requireNonNull(((Present) read()).nativeGroup());
    }
}
