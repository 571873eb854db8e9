package dev.deprovisioner.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.DeprovisionId;
import dev.deprovisioner.identifier.GroupId;
import dev.deprovisioner.testbed.Dialect;
import dev.deprovisioner.testbed.ProductionClasses;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The texts of problems are in catalogues only, and all have one form. */
class ProblemTextsTest {

    private static final Set<Class<?>> CATALOGUES = Set.of(
            MemberProblems.class,
            RunProblems.class,
            UpstreamProblems.class,
            RequestProblems.class,
            CallerProblems.class,
            ResourceProblems.class);

    private static final int MOST_WORDS = 25;
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.?!]) ");

    /** Besides {@link Dialect}; a reader of a problem may not have the files of this project. */
    private static final Pattern ALSO_AVOIDED = Pattern.compile("(?i)\\b(tell|README\\S*)\\b");

    @Test
    void onlyTheCataloguesWriteProblems() {
        var writers = ProductionClasses.ALL.get(Problem.class).getConstructors().stream()
                .flatMap(ProblemTextsTest::users)
                .filter(user -> !user.equals(Problem.class.getName()))
                .collect(Collectors.toSet());
        assertThat(writers).isEqualTo(CATALOGUES.stream().map(Class::getName).collect(Collectors.toSet()));
    }

    private static Stream<String> users(JavaCodeUnit constructor) {
        return constructor.getAccessesToSelf().stream()
                .map(use -> use.getOriginOwner().getName());
    }

    @Test
    void titlesAreNounPhrasesOfTwoToFiveWords() {
        assertThat(ProblemType.values())
                .allSatisfy(type -> assertThat(type.title()).matches("[A-Z][a-z]*( [a-z']+){1,4}"));
    }

    @Test
    void everyTextIsShortSentences() {
        assertThat(texts()).hasSizeGreaterThan(100).allSatisfy(text -> {
            assertThat(text)
                    .matches("(?s)[\\S].*[.]")
                    .doesNotContainPattern(Dialect.WORDS)
                    .doesNotContainPattern(ALSO_AVOIDED);
            assertThat(SENTENCE_END.split(text))
                    .allSatisfy(sentence ->
                            assertThat(sentence.split("\\s+")).as(sentence).hasSizeLessThanOrEqualTo(MOST_WORDS));
        });
    }

    private static List<String> texts() {
        return CATALOGUES.stream()
                .flatMap(catalogue -> Arrays.stream(catalogue.getDeclaredMethods()))
                .filter(method -> method.getReturnType() == Problem.class && !method.isSynthetic())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .map(ProblemTextsTest::called)
                .flatMap(problem -> Stream.of(problem.detail(), problem.remedy()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Problem called(Method factory) {
        try {
            var values = Arrays.stream(factory.getParameterTypes())
                    .map(ProblemTextsTest::sample)
                    .toArray();
            return (Problem) Objects.requireNonNull(factory.invoke(null, values));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(factory.toString(), e);
        }
    }

    private static Object sample(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "Instant" -> Instant.EPOCH;
            case "int" -> 2;
            case "long" -> 3L;
            case "String" -> "value";
            case "GroupId" -> new GroupId("g1");
            case "Caller" -> new Caller("portal");
            case "DeprovisionId" -> DeprovisionId.next();
            case "Problem" -> UpstreamProblems.stopped();
            default -> throw new IllegalArgumentException("No sample of " + type);
        };
    }
}
