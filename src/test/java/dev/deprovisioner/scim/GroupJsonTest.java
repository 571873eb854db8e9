package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.upstream.MalformedResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A 200 is this group, or it is nothing. */
class GroupJsonTest {

    private static final GroupId ID = new GroupId("g1");

    private static GroupResponse parse(String body) {
        return GroupJson.parse(Answers.json(200, body), ID);
    }

    @Test
    void readsAttributesInAnyCase() {
        var answer = parse("""
                {"ID":"g1","DisplayName":"Support","EXTERNALID":17,"Meta":{"Version":"W/\\"3\\""},"Members":[],"new":{}}""");

        var group = new ScimGroup(ID, "Support", "17", "W/\"3\"");
        assertThat(answer)
                .isInstanceOfSatisfying(
                        GroupResponse.Shown.class,
                        shown -> assertThat(shown.group()).isEqualTo(group));
    }

    @Test
    void takesAnIdInAnotherCaseAsTheProviderWritesIt() {
        assertThat(parse("{\"id\":\"G1\"}"))
                .isInstanceOfSatisfying(
                        GroupResponse.Shown.class,
                        shown -> assertThat(shown.group().id()).isEqualTo(new GroupId("G1")));
    }

    @Test
    void takesAnIdThatIsANumber() {
        assertThat(GroupJson.parse(Answers.json(200, "{\"id\":17}"), new GroupId("17")))
                .isInstanceOf(GroupResponse.Shown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"g2\",\"members\":[]}",
                "{}",
                "{\"id\":[\"g1\"]}",
                "{\"id\":\"g1\",\"Id\":\"g1\"}",
                "[]"
            })
    void refusesAnotherGroup(String body) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void isGoneWhereItsStateIsDeleted() {
        assertThat(parse("{\"id\":\"g1\",\"State\":\"DELETED\"}")).isEqualTo(new GroupResponse.Gone());
        assertThat(parse("{\"id\":\"g1\",\"state\":\"active\"}")).isInstanceOf(GroupResponse.Shown.class);
        assertThatThrownBy(() -> parse("{\"id\":\"g2\",\"state\":\"deleted\"}"))
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void hasNoNameAndNoVersionThatCannotBeUsed() {
        var answer = parse("{\"id\":\"g1\",\"displayName\":\" \",\"externalId\":{},\"meta\":{\"version\":\"a b\"}}");

        var group = new ScimGroup(ID, null, null, null);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        GroupResponse.Shown.class,
                        shown -> assertThat(shown.group()).isEqualTo(group));
    }
}
