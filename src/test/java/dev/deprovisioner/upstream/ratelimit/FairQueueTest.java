package dev.deprovisioner.upstream.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.CallerContext;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who goes first. */
class FairQueueTest {

    private static final String PORTAL = "portal";
    private static final String OTHER = "other";

    private final FairQueue<String> line = new FairQueue<>();

    private static QueueKey decision(String caller) {
        return CallerContext.serving(new Caller(caller), QueueKey::priority);
    }

    private static QueueKey change(String caller) {
        return CallerContext.serving(new Caller(caller), QueueKey::change);
    }

    private static QueueKey question(String caller) {
        return QueueKey.bulk(CallerContext.serving(new Caller(caller), BulkRead::new));
    }

    private void wait(QueueKey turn, String... names) {
        for (var name : names) {
            line.add(turn.path(), name);
        }
    }

    private List<String> served() {
        return Stream.generate(line::poll).takeWhile(Objects::nonNull).toList();
    }

    @Test
    void decisionsOfACallerGoBeforeItsQuestions() {
        wait(question(PORTAL), "question 1", "question 2");
        wait(decision(PORTAL), "decision 1", "decision 2");

        assertThat(served()).containsExactly("decision 1", "decision 2", "question 1", "question 2");
    }

    @Test
    void changesOfAllCallersGoFirstByWhichCameFirst() {
        wait(question(PORTAL), "question");
        wait(decision(OTHER), "other's decision");
        wait(change(PORTAL), "change 1");
        wait(change(OTHER), "other's change");
        wait(change(PORTAL), "change 2");

        assertThat(served()).containsExactly("change 1", "other's change", "change 2", "question", "other's decision");
    }

    @Test
    void surveysTakeTurnsHoweverManyQuestionsOneHas() {
        wait(question(PORTAL), "large 1", "large 2", "large 3", "large 4");
        wait(question(PORTAL), "small 1", "small 2");
        wait(question(PORTAL), "other 1");

        assertThat(served())
                .containsExactly("large 1", "small 1", "other 1", "large 2", "small 2", "large 3", "large 4");
    }

    @Test
    void callersTakeTurnsHoweverManyDecisionsAndSurveysOneHas() {
        wait(question(PORTAL), "question 1", "question 2");
        wait(decision(PORTAL), "decision 1", "decision 2", "decision 3");
        wait(question(PORTAL), "question 3");
        wait(question(OTHER), "other's question 1", "other's question 2");
        wait(decision(OTHER), "other's decision");

        assertThat(served())
                .containsExactly(
                        "decision 1",
                        "other's decision",
                        "decision 2",
                        "other's question 1",
                        "decision 3",
                        "other's question 2",
                        "question 1",
                        "question 3",
                        "question 2");
    }

    @Test
    void aCallerThatComesBackStandsBehindThoseThatWait() {
        wait(decision(PORTAL), "1", "2");
        wait(decision(OTHER), "other's 1");
        assertThat(line.poll()).isEqualTo("1");
        assertThat(line.poll()).isEqualTo("other's 1");
        wait(decision(OTHER), "other's 2");

        assertThat(served()).containsExactly("2", "other's 2");
    }

    @Test
    void aRequestThatLeavesHasNoTurn() {
        var survey = question(PORTAL);
        wait(survey, "stays", "leaves");
        wait(decision(OTHER), "leaves too");
        line.remove(survey.path(), "leaves");
        line.remove(decision(OTHER).path(), "leaves too");
        line.remove(decision("unknown").path(), "was never there");

        assertThat(served()).containsExactly("stays");
    }

    @Test
    void keepsNoEmptyLine() {
        var left = question(PORTAL);
        wait(left, "left");
        wait(question(OTHER), "served");
        line.remove(left.path(), "left");
        assertThat(line.poll()).isEqualTo("served");

        assertThat(line.isEmpty()).isTrue();
    }
}
