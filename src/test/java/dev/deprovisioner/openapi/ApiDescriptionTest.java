package dev.deprovisioner.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.dialect.Dialects;
import dev.deprovisioner.identifier.GroupId;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The description as it is kept is valid by itself, and its examples are. */
class ApiDescriptionTest {

    private final JsonNode description = DescriptionFile.read();
    private final Contract contract = new Contract(description);

    @Test
    void isOpenApi31() throws Exception {
        var text = Files.readString(DescriptionFile.PATH);
        assertThat(description.get("openapi").asString()).startsWith("3.1.");
        assertThat(complaintsAbout(text)).isEmpty();
        assertThat(complaintsAbout(text.replace("operationId:", "operationID:")))
                .isNotEmpty();
        assertThat(complaintsAbout(text.replace("responses/NotFound", "responses/Lost")))
                .isNotEmpty();
    }

    private static List<String> complaintsAbout(String text) {
        return new OpenAPIV3Parser().readContents(text).getMessages();
    }

    @Test
    void hasValidSchemas() {
        var dialect = SchemaRegistry.withDialect(Dialects.getDraft202012())
                .getSchema(SchemaLocation.of(DialectId.DRAFT_2020_12));
        assertThat(schemas())
                .isNotEmpty()
                .allSatisfy(schema -> assertThat(dialect.validate(schema)).isEmpty());
    }

    private Stream<JsonNode> schemas() {
        return Stream.concat(
                description.findValues("schema").stream(),
                description.at("/components/schemas").valueStream());
    }

    @Test
    void hasExamplesOfEveryBodyAndTheyFit() {
        assertThat(all("content")).isNotEmpty().allSatisfy(body -> {
            assertThat(body.path("examples").values()).as(body.toString()).isNotEmpty();
            assertFit(body);
        });
    }

    @Test
    void hasExamplesOfParametersThatFit() {
        assertThat(all("parameters").filter(parameter -> parameter.has("examples")))
                .isNotEmpty()
                .allSatisfy(this::assertFit);
    }

    private void assertFit(JsonNode described) {
        assertThat(described.get("examples").values())
                .allSatisfy(example -> assertThat(contract.ofJson(example.get("value"), described.get("schema")))
                        .isEmpty());
    }

    private Stream<JsonNode> all(String name) {
        return description.findValues(name).stream().flatMap(JsonNode::valueStream);
    }

    @Test
    void hasWordsForEverything() {
        assertThat(description.findValues("properties"))
                .filteredOn(properties -> !properties.path("type").has("enum")
                        || properties.path("type").has("type"))
                .isNotEmpty()
                .allSatisfy(properties -> properties.forEachEntry(
                        (name, schema) -> assertThat(schema.path("description").asString(""))
                                .as(name)
                                .matches("(?s)[A-Z].*\\.")));
        assertThat(description.findValues("operationId")).hasSameSizeAs(description.findValues("summary"));
    }

    @Test
    void knowsWhichGroupIdsThereAre() {
        var pattern = Pattern.compile(Identifiers.GROUP_ID);
        var texts = Stream.concat(
                Stream.of(".", "..", "...", ".a", "a b", "\uD83D\uDE00"),
                IntStream.rangeClosed(0, 0xFFFF)
                        .filter(c -> !Character.isSurrogate((char) c))
                        .mapToObj(Character::toString));
        assertThat(texts).allSatisfy(text -> {
            if (pattern.matcher(text).find()) {
                assertThatCode(() -> GroupId.of(text)).doesNotThrowAnyException();
            } else {
                assertThatIllegalArgumentException().isThrownBy(() -> GroupId.of(text));
            }
        });
        var longest = "x".repeat(Identifiers.LONGEST_GROUP_ID);
        assertThatCode(() -> GroupId.of(longest)).doesNotThrowAnyException();
        assertThatIllegalArgumentException().isThrownBy(() -> GroupId.of(longest + "x"));
    }
}
