package dev.deprovisioner;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.JsonWriter.MemberPath;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/** Bounds each text in a record for machines, as the patterns of application.yml do in one for people. */
class LogBounds implements StructuredLoggingJsonMembersCustomizer<Object> {

    private static final int LONGEST_TEXT = 16_384;
    private static final int LONGEST_TRACE = 32_768;

    @Override
    public void customize(JsonWriter.Members<Object> members) {
        ValueProcessor<String> bound = LogBounds::cut;
        members.applyingValueProcessor(bound.whenInstanceOf(String.class));
    }

    private static @Nullable String cut(MemberPath path, @Nullable String text) {
        int longest = path.toString().contains("trace") ? LONGEST_TRACE : LONGEST_TEXT;
        return text == null || text.length() <= longest ? text : text.substring(0, longest);
    }
}
