package dev.deprovisioner.hostile;

import dev.deprovisioner.problem.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules for the answer to each request, also a hostile one. */
final class AnswerRules {

    private static final Set<String> TYPES = Arrays.stream(ProblemType.values())
            .map(type -> type.uri().toString())
            .collect(Collectors.toSet());

    /** Of how it is made inside. */
    private static final List<String> INSIDES = List.of(
            "exception",
            "org.spring",
            "java.",
            "jakarta.",
            "dev.deprov",
            "tomcat",
            "jackson",
            "\tat ",
            "select ",
            "jdbc:",
            "<html",
            "/api/v2/",
            "nimbus");

    private AnswerRules() {}

    /** What is wrong with it. */
    static List<String> broken(Answer answer, HostileRequest request) {
        var wrong = new ArrayList<String>();
        if (answer.status() >= 500 || (answer.status() == 0 && request instanceof HostileRequest.Framed)) {
            wrong.add("status " + answer.status());
        }
        if (answer.headers().stream().anyMatch(AnswerRules::isReflected)) {
            wrong.add("reflected in " + answer.headers());
        }
        if (isError(answer) && !request.isHead()) {
            wrong.addAll(brokenProblem(answer));
        }
        if (!isError(answer) && !answer.body().isEmpty() && !isHarmless(json(answer.body()))) {
            wrong.add("neither a list nor a verdict, but " + answer.status() + " with " + answer.body());
        }
        var text = (answer.headers() + answer.body()).toLowerCase(Locale.ROOT);
        INSIDES.stream().filter(text::contains).forEach(inside -> wrong.add("reveals " + inside + " in " + text));
        return wrong;
    }

    private static boolean isHarmless(JsonNode body) {
        return body.has("items") || body.has("valid");
    }

    private static boolean isError(Answer answer) {
        return answer.status() >= 300 || answer.status() == 0;
    }

    private static boolean isReflected(String header) {
        return header.contains(Forgery.MARK) || header.contains("evil.example.com");
    }

    private static List<String> brokenProblem(Answer answer) {
        var wrong = new ArrayList<String>();
        if (answer.status() != 0 && !answer.header("content-type").equals("application/problem+json")) {
            wrong.add("content type " + answer.header("content-type") + " of " + answer.status());
        }
        var problem = json(answer.body());
        if (!TYPES.contains(problem.path("type").asString(""))) {
            wrong.add("no known problem: " + answer.body());
        }
        if (answer.status() != 0 && problem.path("status").asInt(0) != answer.status()) {
            wrong.add("status " + answer.status() + " with " + answer.body());
        }
        var text = problem.path("title").asString("")
                + problem.path("detail").asString("")
                + problem.path("remedy").asString("");
        if (text.contains(Forgery.MARK) || text.contains("evil")) {
            wrong.add("repeats input: " + text);
        }
        return wrong;
    }

    private static JsonNode json(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }
}
