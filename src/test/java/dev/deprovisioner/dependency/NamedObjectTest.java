package dev.deprovisioner.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class NamedObjectTest {

    private static NamedObject read(String json) {
        return NamedObject.of(new JsonMapper().readTree(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id':'a1','name':'Sales'} | \"Sales\" (a1)",
                "{'id':'a1'}                | without a name (a1)",
                "{'id':17,'name':' '}       | without a name (17)",
                "{'id':'a b','name':'S'}    | \"S\"",
                "{'id':{},'name':[]}        | without a name",
                "'text'                     | without a name"
            })
    void isShownByNameAndId(String json, String shown) {
        assertThat(read(json)).hasToString(shown);
    }

    @Test
    void showsAnyNameInOneShortLine() {
        var name = read("{'name':'Sales\\n\\u0000\\u202e<b>" + "x".repeat(200) + "'}")
                .name();

        assertThat(name).startsWith("Sales <b>xxx").hasSizeLessThanOrEqualTo(NamedObject.LONGEST_NAME + 1);
    }

    @Test
    void refersToWordsOnly() {
        assertThat(read("{'id':'a1'}").reference()).isEqualTo("a1");
        assertThat(read("{'id':'a\\n1'}").reference()).isNull();
        assertThat(read("{'id':'" + "x".repeat(256) + "'}").reference()).isNull();
    }
}
