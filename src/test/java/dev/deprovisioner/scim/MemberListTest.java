package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.scim.ScimGroup.Member;
import dev.deprovisioner.upstream.MalformedResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a group shows of its members, and whether it says that there are more. */
class MemberListTest {

    private static MemberList list(String attributes) {
        return MemberList.of(ScimObjectTest.object("{" + attributes + "}"));
    }

    private static Member user(String id) {
        return new Member(new MemberId(id), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"members\":[{\"value\":\"7\"}]",
                "\"Members\":[{\"Value\":\"7\"}]",
                "\"MEMBERS\":[{\"VALUE\":7,\"Display\":\"Ann\"}]",
                "\"members\":{\"value\":\"7\"}"
            })
    void readsMembersInEverySpelling(String attributes) {
        assertThat(list(attributes).shown()).containsExactly(user("7"));
    }

    @Test
    void countsAMemberWhoIsListedTwiceOnceAndAsAUser() {
        var twice = list("\"members\":[{\"value\":\"u1\",\"type\":\"Group\"},{\"value\":\"u1\"}],\"count\":2");

        assertThat(twice.shown()).containsExactly(user("u1"));
        assertThat(twice.isCut()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"members\":null", "\"Members\":null"})
    void knowsAListThatIsLeftOut(String attributes) {
        assertThat(list(attributes).leftOut()).isTrue();
        assertThat(list("\"members\":[]").leftOut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"members\":\"u1\"",
                "\"members\":false",
                "\"members\":{}",
                "\"members\":[\"u1\"]",
                "\"members\":[null]",
                "\"members\":[{\"value\":\"\"}]",
                "\"members\":[{\"value\":true}]",
                "\"members\":[{\"value\":\"u1\",\"Value\":\"u2\"}]",
                "\"members\":[],\"Members\":[{\"value\":\"u1\"}]"
            })
    void refusesWhatCannotBeRead(String attributes) {
        assertThatThrownBy(() -> list(attributes)).isInstanceOf(MalformedResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"totalResults\":2",
                "\"TotalResults\":\"2\"",
                "\"count\":1.5",
                "\"memberCount\":150",
                "\"membersCount\":150",
                "\"memberTotal\":150",
                "\"membersTotal\":150",
                "\"totalMembers\":1e400",
                "\"totalResults\":\"999999999999999999\"",
                "\"nextCursor\":\"c2\"",
                "\"nextPageToken\":\"t\"",
                "\"next\":{\"href\":\"/x\"}",
                "\"nextPage\":2",
                "\"nextUri\":\"/x\"",
                "\"nextLink\":\"https://h/x\"",
                "\"@odata.nextLink\":\"https://h/x\"",
                "\"members@odata.nextLink\":\"https://h/x\"",
                "\"next\":true",
                "\"totalResults\":1,\"itemsPerPage\":0"
            })
    void isCutWhereTheAnswerSaysThatThereAreMore(String more) {
        assertThat(list("\"members\":[{\"value\":\"u1\"}]," + more).isCut()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"totalResults\":1",
                "\"totalResults\":1,\"itemsPerPage\":100",
                "\"memberCount\":0",
                "\"memberCount\":-1",
                "\"memberCount\":\"many\"",
                "\"memberCount\":null",
                "\"nextCursor\":\" \"",
                "\"nextCursor\":null",
                "\"next\":false",
                "\"next\":{}",
                "\"itemsPerPage\":0",
                "\"unknownTotal\":9"
            })
    void isWholeWhereNothingSaysOtherwise(String other) {
        assertThat(list("\"members\":[{\"value\":\"u1\"}]," + other).isCut()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"5,0,5", "0,5,5"})
    void takesTheLargestCountOfTwoAnswers(int first, int second, long stated) {
        var counted = list("\"members\":[],\"count\":" + first).besides(list("\"memberCount\":" + second));

        assertThat(counted.stated()).isEqualTo(stated);
        assertThat(counted.leftOut()).isFalse();
    }
}
