package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.problem.MemberProblems;
import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.scim.MemberEvidence.Incomplete;
import dev.deprovisioner.scim.MemberEvidence.Listed;
import dev.deprovisioner.scim.MemberEvidence.NotListed;
import dev.deprovisioner.scim.ScimGroup.Member;
import dev.deprovisioner.scim.ScimProperties.PlainNotFound;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of what an answer proves, row by row. */
class EvidenceRulesTest {

    private static final NotListed UNSEEN = new NotListed(MemberProblems.membersNotListed("attributes=members"));
    private static final Member ANN = new Member(new MemberId("ann"), false);

    private static MemberList list(long stated, boolean continues, Member... shown) {
        return new MemberList(List.of(shown), false, stated, continues);
    }

    private static MemberEvidence decided(MemberList list, boolean listsMembers) {
        return EvidenceRules.members(list, empty -> listsMembers ? empty : UNSEEN);
    }

    @Test
    void aListThatNothingContradictsIsComplete() {
        assertThat(decided(list(-1, false, ANN), false)).isEqualTo(new Listed(List.of(ANN)));
        assertThat(decided(list(1, false, ANN), false)).isEqualTo(new Listed(List.of(ANN)));
    }

    @Test
    void aListThatIsShorterThanACountIsIncomplete() {
        assertThat(decided(list(150, false, ANN), true)).isEqualTo(new Incomplete(List.of(ANN), 150));
    }

    @Test
    void aListWithANextPageIsIncomplete() {
        assertThat(decided(list(-1, true, ANN), true)).isEqualTo(new Incomplete(List.of(ANN), -1));
        assertThat(decided(list(1, true, ANN), true)).isEqualTo(new Incomplete(List.of(ANN), -1));
        assertThat(decided(list(2, true, ANN), true)).isEqualTo(new Incomplete(List.of(ANN), 2));
    }

    @Test
    void anEmptyListIsBelievedOnlyOfAProviderThatListsMembers() {
        assertThat(decided(list(-1, false), true)).isEqualTo(new Listed(List.of()));
        assertThat(decided(list(0, false), true)).isEqualTo(new Listed(List.of()));
        assertThat(decided(list(-1, false), false)).isEqualTo(UNSEEN);
        assertThat(decided(list(0, false), false)).isEqualTo(UNSEEN);
    }

    @Test
    void anEmptyListBesideACountIsIncomplete() {
        assertThat(decided(list(3, false), true)).isEqualTo(new Incomplete(List.of(), 3));
        assertThat(decided(list(3, false), false)).isEqualTo(new Incomplete(List.of(), 3));
    }

    @Test
    void asksWhetherMembersAreListedOnlyForAnEmptyList() {
        var evidence = EvidenceRules.members(list(-1, false, ANN), empty -> {
            throw new AssertionError("asked");
        });

        assertThat(evidence).isInstanceOf(Listed.class);
    }

    @Test
    void aProvenAbsenceIsGone() {
        assertThat(EvidenceRules.absence(Answers.gone(), PlainNotFound.VERIFY)).isEqualTo(new GroupResponse.Gone());
    }

    @Test
    void anAbsenceOfAnotherFormIsDoubtful() {
        var answer = EvidenceRules.absence(Answers.of(404, "text/HTML; charset=utf-8", "<html>"), PlainNotFound.VERIFY);

        assertThat(answer).isInstanceOfSatisfying(GroupResponse.Doubtful.class, doubtful -> {
            assertThat(doubtful.problem().type()).isEqualTo(ProblemType.UPSTREAM_INVALID_RESPONSE);
            assertThat(doubtful.problem().detail()).contains("HTTP 404, text/html", "gateway");
            assertThat(Objects.requireNonNull(doubtful.problem().remedy()))
                    .contains("deprovisioner.upstream.base-url")
                    .contains("deprovisioner.scim.groups-path")
                    .contains("deprovisioner.scim.plain-not-found=accept");
        });
    }

    @Test
    void anAbsenceWithoutAMediaTypeSaysSo() {
        assertThat(EvidenceRules.absence(Answers.of(410, "", ""), PlainNotFound.VERIFY))
                .isInstanceOfSatisfying(
                        GroupResponse.Doubtful.class,
                        doubtful -> assertThat(doubtful.problem().detail()).contains("HTTP 410 without a media type"));
    }

    @Test
    void everyAbsenceIsGoneWhereTheOperatorSaysSo() {
        assertThat(EvidenceRules.absence(Answers.of(404, "text/html", ""), PlainNotFound.ACCEPT))
                .isEqualTo(new GroupResponse.Gone());
        assertThat(EvidenceRules.absence(Answers.of(410, "", ""), PlainNotFound.ACCEPT))
                .isEqualTo(new GroupResponse.Gone());
    }

    @ParameterizedTest
    @CsvSource({
        "404,text/html,404,text/html,true",
        "404,text/html;charset=utf-8,404,text/html,true",
        "404,text/html,404,application/json,false",
        "404,text/html,410,text/html,false",
        "404,'',404,text/plain,false"
    })
    void aRepeatedAbsenceCountsWhereBothHaveOneForm(int first, String type, int second, String other, boolean gone) {
        var evidence = EvidenceRules.repeated(doubtful(first, type), doubtful(second, other));

        assertThat(evidence).isInstanceOf(gone ? GroupEvidence.Absent.class : GroupEvidence.Unproven.class);
    }

    private static GroupResponse.Doubtful doubtful(int status, String mediaType) {
        var answer = EvidenceRules.absence(Answers.of(status, mediaType, "x"), PlainNotFound.VERIFY);
        return answer instanceof GroupResponse.Doubtful doubtful ? doubtful : fail(answer);
    }

    private static GroupResponse.Doubtful fail(GroupResponse answer) {
        throw new AssertionError(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "200,application/json,true",
        "200,application/scim+json;charset=utf-8,true",
        "200,application/json+scim,true",
        "200,text/json,true",
        "200,text/html,false",
        "200,'',false",
        "204,application/json,false",
        "404,application/json,false",
        "403,application/json,false"
    })
    void aControlReadIsAnsweredByJson(int status, String mediaType, boolean control) {
        assertThat(EvidenceRules.isControl(Answers.of(status, mediaType, ""))).isEqualTo(control);
    }
}
