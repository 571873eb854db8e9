package dev.deprovisioner.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

/** What is made of the provider's words: short, clean, and never slow. */
class ErrorTextTest {

    private static UpstreamResponse error(String body) {
        return new UpstreamResponse(400, new HttpHeaders(), body, 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "{'scimType':'invalidVers','detail':'Stale','status':'400'}       | invalidVers          | Stale",
                "{'ScimType':'invalidVers','Detail':'Stale'}                      | invalidVers          | Stale",
                "{'code':'general.conflict','message':'Old version','status':409} | general.conflict     | Old version",
                "{'error':'invalid_client','error_description':'No such client'} | invalid_client | No such client",
                "{'error':'Something bad happened'} | none | Something bad happened",
                "{'error':{'code':403,'message':'Slow','status':'RESOURCE_EXHAUSTED'}} | RESOURCE_EXHAUSTED | Slow",
                "{'Error':{'Message':'m','Errors':[{'Reason':'quotaExceeded'}],'status':'X'}} | quotaExceeded | m",
                "{'error':{'errors':{'reason':'rateLimitExceeded'}}}              | rateLimitExceeded    | none",
                "{'code':17,'message':42}                                         | none                 | 42",
                "{'detail':' ','message':null,'code':'two words'}                 | none                 | none",
                "{'code':'c2b74f0e-6f2d-4c7a-9a52-0d3f5c1b8e11','message':'m'} | none | m",
                "{'code':'user.c2b74f0e6f2d4c7a9a520d3f5c1b8e11','message':'m'} | none | m",
                "{}                                                               | none                 | none",
                "default backend - 404 | none | default backend - 404",
                "[]                                                               | none                 | []"
            })
    void findsTheCodeAndTheWords(String body, String code, String words) {
        var error = error(body.replace('\'', '"'));

        assertThat(error.errorCode()).isEqualTo(code == null ? "HTTP 400" : "HTTP 400 " + code);
        assertThat(error.errorWords()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ask kim@example.com now   | Ask [e-mail] now",
                "kim%40example.com         | [e-mail]",
                "a@b c@d                   | [e-mail] [e-mail]",
                "$1 costs \\ 3 @ 4         | $1 costs \\ 3 @ 4",
                "(mailto:kim@example.com)  | [e-mail]",
                "100%40                    | 100%40",
            })
    void leavesOutEMailAddresses(String text, String cleaned) {
        assertThat(new Excerpt(text).cleaned(300)).isEqualTo(cleaned);
    }

    @Test
    void makesOneLineWithoutControlCharacters() {
        assertThat(new Excerpt("a\r\n\tb\u0000\u200Bc\u2028d\uD800").cleaned(300))
                .isEqualTo("a b c d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "@", "%40", "x@", "\u0000", " "})
    void patternsSeeTheBeginningOnlyOfWordsOfAnyLength(String part) {
        var excerpt = new Excerpt(part.repeat(250_000));

        assertThat(excerpt.text()).hasSizeLessThanOrEqualTo(2000);
        assertThat(excerpt.isCode()).isFalse();
        assertThat(error("{\"detail\":\"" + part.repeat(250_000) + "\"}").errorCode())
                .isEqualTo("HTTP 400");
    }

    @Test
    void neverCutsACharacterInTwo() {
        var cut = new Excerpt("x" + "\uD83D\uDE00".repeat(2000));

        assertThat(cut.text()).hasSize(1999);
        assertThat(cut.cleaned(10)).isEqualTo("x" + "\uD83D\uDE00".repeat(4) + "…");
    }

    @Test
    void wordsAreShort() {
        assertThat(error("{\"detail\":\"" + "x".repeat(250_000) + "\"}").errorWords())
                .isEqualTo("x".repeat(300) + "…");
    }
}
