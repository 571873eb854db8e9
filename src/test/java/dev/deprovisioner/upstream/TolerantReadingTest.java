package dev.deprovisioner.upstream;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The form of an answer is read as generously as can be; its content decides. */
class TolerantReadingTest extends StubbedUpstream {

    private static final String GROUP = "{\"id\":\"1\",\"displayName\":\"Löhne\"}";

    private JsonNode readObject() {
        return upstream.read(
                UpstreamRequest.get("/things/{id}", Map.of("id", "1"), MAX_BYTES), UpstreamResponse::object);
    }

    private String nameAfter(ResponseDefinitionBuilder answer) {
        answers(answer);
        return Attributes.of(readObject(), "displayname").asString();
    }

    @ParameterizedTest
    @MethodSource
    void aByteOrderMarkIsSkipped(Charset charset) {
        assertThat(nameAfter(aResponse().withBody(("\uFEFF" + GROUP).getBytes(charset))))
                .isEqualTo("Löhne");
    }

    static Stream<Charset> aByteOrderMarkIsSkipped() {
        return Stream.of(UTF_8, UTF_16BE, UTF_16LE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json+scim",
                "text/json",
                "text/plain",
                "text/html",
                "application/octet-stream",
                "application/scim+json;charset=utf-8",
                "nonsense"
            })
    void anyContentTypeIsTaken(String type) {
        assertThat(nameAfter(ok(GROUP).withHeader("Content-Type", type))).isEqualTo("Löhne");
        thingsAsked(1);
    }

    @Test
    void noContentTypeIsTakenToo() {
        assertThat(nameAfter(ok(GROUP))).isEqualTo("Löhne");
    }

    @Test
    void anOtherCharsetIsReadWhereItIsNamed() {
        assertThat(nameAfter(aResponse()
                        .withHeader("Content-Type", "application/json;charset=ISO-8859-1")
                        .withBody(GROUP.getBytes(ISO_8859_1))))
                .isEqualTo("Löhne");
    }

    @Test
    void unreadableTextOfAnUnknownCharsetStopsNothing() {
        assertThat(nameAfter(aResponse()
                        .withHeader("Content-Type", "application/json;charset=nonsense")
                        .withBody(GROUP.getBytes(ISO_8859_1))))
                .isEqualTo("L\uFFFDhne");
    }

    @Test
    void anUnreadableAnswerIsDescribedAndQuoted() {
        answers(ok("<html>Write to ops@example.com, please</html>").withHeader("Content-Type", "text/html"));

        var problem = faultOf(this::readObject).problem();

        assertThat(problem.detail())
                .contains("HTTP 200", "text/html", "not encoded")
                .doesNotContain("Write");
        assertThat(problem.quote()).isEqualTo("<html>Write to [e-mail] please</html>");
    }

    @Test
    void anEncodingThatCannotBeReadIsNamed() {
        answers(ok("\u0001\u0002").withHeader("Content-Encoding", "zstd"));

        var problem = faultOf(this::readObject).problem();

        assertThat(problem.detail()).contains("HTTP 200", "no content type", "zstd");
        assertThat(problem.quote()).isNull();
    }

    /** It may list members, with their names. */
    @Test
    void nothingIsRepeatedOfDamagedJson() {
        answers(status(200)
                .withHeader("Content-Type", "application/json")
                .withBody("\n {\"members\":[{\"display\":\"Ann Example\"},{\"dis"));

        var problem = faultOf(this::readObject).problem();

        assertThat(problem.quote()).isNull();
        assertThat(problem.detail()).contains("HTTP 200", "application/json");
    }

    @Test
    void anAttributeThatIsThereTwiceIsMalformed() {
        answers(ok("{\"members\":[{\"value\":\"u1\"}],\"members\":[]}"));

        assertThat(faultOf(this::readObject).problem().detail()).contains("proves nothing");
    }
}
