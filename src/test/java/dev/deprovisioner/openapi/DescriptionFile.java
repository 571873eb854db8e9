package dev.deprovisioner.openapi;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;
import tools.jackson.dataformat.yaml.util.StringQuotingChecker;

/** The description as it is kept. */
final class DescriptionFile {

    static final Path PATH = Path.of("docs/openapi.yaml");

    private static final String INTRODUCTION = """
            # Generated from the code and from what the service answers: change these, then run
            # mvn test -Dtest=ApiDescriptionIT -Dopenapi.write=true
            """;

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .stringQuotingChecker(new QuotedNumbers())
                    .build())
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
            .build();

    /** Some readers take a time without quotes for more than a text. */
    private static final class QuotedNumbers extends StringQuotingChecker.Default {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public boolean needToQuoteName(String name) {
            return startsWithDigit(name) || super.needToQuoteName(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return startsWithDigit(value) || super.needToQuoteValue(value);
        }

        private static boolean startsWithDigit(String text) {
            return !text.isEmpty() && Character.isDigit(text.charAt(0));
        }
    }

    private DescriptionFile() {}

    static String text(JsonNode description) {
        return INTRODUCTION + YAML.writeValueAsString(description);
    }

    static JsonNode read() {
        try {
            return YAML.readTree(Files.readString(PATH));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
