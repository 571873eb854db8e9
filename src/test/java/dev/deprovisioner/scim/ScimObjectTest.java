package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.upstream.MalformedResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Names in any case, but never two values for one attribute. */
class ScimObjectTest {

    private static final JsonMapper JSON = new JsonMapper();

    static ScimObject object(String json) {
        return new ScimObject(JSON.readTree(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":\"g1\"}", "{\"Id\":\"g1\"}", "{\"ID\":\"g1\",\"other\":1,\"Other\":2}"})
    void findsAnAttributeInAnyCase(String json) {
        assertThat(object(json).text("id")).isEqualTo("g1");
        assertThat(object(json).has("iD")).isTrue();
    }

    @Test
    void refusesTwoSpellingsOfAnAttributeThatIsAskedFor() {
        var twice = object("{\"members\":[],\"Members\":[]}");

        assertThatThrownBy(() -> twice.get("members")).isInstanceOf(MalformedResponseException.class);
        assertThat(twice.text("id")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"u1\"|u1",
                "42|42",
                "90071992547409931|90071992547409931",
                "1.5|''",
                "true|''",
                "null|''",
                "[]|''"
            })
    void readsStringsAndWholeNumbersAsText(String value, String text) {
        assertThat(object("{\"value\":" + value + "}").text("value")).isEqualTo(text);
    }

    @Test
    void hasNoAttributesWhereThereIsNoObject() {
        assertThat(object("[1]").has("id")).isFalse();
        assertThat(object("{\"meta\":\"x\"}").object("meta").text("version")).isEmpty();
    }
}
