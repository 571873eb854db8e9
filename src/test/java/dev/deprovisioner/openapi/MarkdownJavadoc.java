package dev.deprovisioner.openapi;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.SpringDocJavadocProvider;
import org.springframework.web.util.HtmlUtils;

/** Javadoc as the CommonMark that a description is written in. */
class MarkdownJavadoc extends SpringDocJavadocProvider {

    @Override
    public String getClassJavadoc(Class<?> type) {
        return markdown(super.getClassJavadoc(type));
    }

    /** Under the names of the components, and under those that they have in an audit entry. */
    @Override
    public Map<String, String> getRecordClassParamJavadoc(Class<?> type) {
        var words = new HashMap<String, String>();
        var javadoc = super.getRecordClassParamJavadoc(type);
        for (var component : type.getRecordComponents()) {
            var text = sentence(javadoc.getOrDefault(component.getName(), "")) + constants(component.getType());
            words.put(component.getName(), text);
            words.put(new SnakeCaseStrategy().translate(component.getName()), text);
        }
        return words;
    }

    @Override
    public String getMethodJavadocDescription(Method method) {
        return markdown(super.getMethodJavadocDescription(method));
    }

    @Override
    public String getMethodJavadocReturn(Method method) {
        return sentence(super.getMethodJavadocReturn(method));
    }

    @Override
    public @Nullable String getParamJavadoc(Method method, String name) {
        @Nullable String text = super.getParamJavadoc(method, name);
        return text == null ? null : sentence(text);
    }

    /** What the constants of an enum mean, as a list. */
    private static String constants(Class<?> type) {
        return RuntimeJavadoc.getJavadoc(type).getEnumConstants().stream()
                .filter(constant -> !constant.getComment().getElements().isEmpty())
                .map(constant -> "\n- `" + constant.getName() + "`: "
                        + markdown(constant.getComment().toString()))
                .collect(joining());
    }

    private static String sentence(String html) {
        var text = markdown(html);
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    private static String markdown(String html) {
        return HtmlUtils.htmlUnescape(html.replaceAll("</?code>", "`"))
                .replaceAll("\\s+", " ")
                .replace(" <p>", "\n\n")
                .strip();
    }
}
