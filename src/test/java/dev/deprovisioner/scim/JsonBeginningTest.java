package dev.deprovisioner.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.deprovisioner.upstream.MalformedResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What the beginning of a JSON object has without its end. */
class JsonBeginningTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"b\":[1]},\"c\":[{\"d\":1},{\"d\":2},{\"d\":3  | {\"a\":{\"b\":[1]},\"c\":[{\"d\":1},{\"d\":2}]}",
                "{\"a\":\"b\",\"c\":\"de                         | {\"a\":\"b\"}",
                "{\"a\":\"b,\"}} , what follows                | {\"a\":\"b,\"}",
                "{\"a\":1,\"c\":{\"d\":2                       | {\"a\":1}",
                "{\"a\":12                                   | {}",
                "{\"a\":[],\"b\":null,\"c                      | {\"a\":[],\"b\":null}",
                "{\"a\":[1,2,\"3\",4                          | {\"a\":[1,2,\"3\"]}",
                "{\"a\":1,\"b\":[2,oops,3],\"c\":4,            | {\"a\":1,\"b\":[2]}",
                "{\"a\":1}                                  | {\"a\":1}"
            })
    void isWhatWasComplete(String beginning, String expected) {
        assertThat(JsonBeginning.object(beginning))
                .isEqualTo(JsonMapper.shared().readTree(expected));
    }

    /** Of each place where it may be cut. */
    @Test
    void neverHasAMemberThatIsNotInTheWhole() {
        var whole = "{\"id\":\"g\",\"n\":12.5,\"members\":[{\"value\":\"u,1\"},{\"value\":\"u}2\"},{\"value\":3}]}";
        for (int end = 2; end < whole.length(); end++) {
            var beginning = JsonBeginning.object(whole.substring(0, end));
            beginning
                    .propertyStream()
                    .filter(attribute -> !attribute.getKey().equals("members"))
                    .forEach(attribute -> assertThat(attribute.getValue())
                            .isEqualTo(JsonMapper.shared().readTree(whole).get(attribute.getKey())));
            assertThat(JsonMapper.shared().readTree(whole).get("members")).containsAll(beginning.path("members"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1},{", "\"a\",", "{\"a\":[1],\"a\":[2],"})
    void isNothingOfAnAnswerThatIsNoObjectOrHasAnAttributeTwice(String beginning) {
        assertThatThrownBy(() -> JsonBeginning.object(beginning)).isInstanceOf(MalformedResponseException.class);
    }
}
