package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Names have no case, and one name has one value. */
class AttributesTest {

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"members\":7}", "{\"Members\":7}", "{\"id\":1,\"MEMBERS\":7}"})
    void findsANameInAnyCase(String object) {
        assertThat(Attributes.of(json(object), "members").asInt()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"member\":1}", "[]", "7", "\"members\"", "null"})
    void anAbsentOneIsMissing(String object) {
        assertThat(Attributes.of(json(object), "members").isMissingNode()).isTrue();
    }

    @Test
    void nullIsNotMissing() {
        assertThat(Attributes.of(json("{\"Members\":null}"), "members").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"members\":[],\"Members\":[]}",
                "{\"MEMBERS\":[{\"value\":\"u1\"}],\"members\":[]}",
                "{\"members\":null,\"mEMBERS\":[]}"
            })
    void twoSpellingsOfOneNameAreMalformed(String object) {
        var node = json(object);

        assertThatThrownBy(() -> Attributes.of(node, "members"))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageContaining("\"members\"");
        assertThat(Attributes.of(node, "id").isMissingNode()).isTrue();
    }
}
