package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.MemberId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only a member that is a group for certain escapes the checks of a user. */
class NestedGroupsTest {

    private static boolean isGroup(String attributes) {
        return NestedGroups.isGroup(ScimObjectTest.object("{" + attributes + "}"), new MemberId("g2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"type\":\"Group\"", "\"Type\":\"group\"", "\"TYPE\":\"GROUP\""})
    void typeSaysGroupInAnyCase(String type) {
        assertThat(isGroup(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h/scim/v2/Groups/g2",
                "https://h/scim/v2/groups/G2",
                "https://h/GROUPS/g2?x=1",
                "../Groups/g2#here",
                "Groups/g2",
                "/scim/v2/Groups/g2",
                "//h/Groups/g2",
                "https://h/scim/v2/%47roups/%672"
            })
    void referenceLeadsToTheGroup(String reference) {
        assertThat(isGroup("\"$ref\":\"" + reference + "\"")).isTrue();
        assertThat(isGroup("\"$Ref\":\"" + reference + "\",\"type\":\"direct\""))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h/scim/v2/Users/g2",
                "https://h/scim/v2/Groups/g3",
                "https://h/Groups/g2/members",
                "https://h/Groups/g2/",
                "https://groups/g2",
                "//groups/g2",
                "https://h/Users/x?next=/Groups/g2",
                "https://h/Users/groups%2Fg2",
                "https://h/MyGroups/g2",
                "https://h/Groups/%zz",
                "g2",
                ""
            })
    void referenceLeadsElsewhere(String reference) {
        assertThat(isGroup("\"$ref\":\"" + reference + "\"")).isFalse();
    }

    @Test
    void typeUserOutweighsTheReference() {
        assertThat(isGroup("\"type\":\"User\",\"$ref\":\"https://h/Groups/g2\""))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a/b,https://h/Groups/a%2Fb", "a b,https://h/Groups/a%20b", "a+b,https://h/Groups/a+b"})
    void decodesTheIdAsOneSegment(String id, String reference) {
        var member = ScimObjectTest.object("{\"$ref\":\"" + reference + "\"}");

        assertThat(NestedGroups.isGroup(member, new MemberId(id))).isTrue();
    }
}
