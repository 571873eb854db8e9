package dev.deprovisioner;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.JsonWriter.MemberPath;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/** Bounds each text of a structured log record but the stack trace, which {@code logging.structured.json.stacktrace} does. */
class LogBounds implements StructuredLoggingJsonMembersCustomizer<Object> {

    private static final int LONGEST_TEXT = 16_384;

    @Override
    public void customize(JsonWriter.Members<Object> members) {
        ValueProcessor<String> bound = LogBounds::cut;
        members.applyingValueProcessor(bound.whenInstanceOf(String.class));
    }

    private static @Nullable String cut(MemberPath path, @Nullable String text) {
        boolean ofTrace = path.toString().contains("trace");
        return text == null || ofTrace || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
