package dev.deprovisioner.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

class AnswersTest {

    private final Answers answers = new Answers();

    @SuppressWarnings("unchecked")
    private static HttpResponse<String> answer(int status, String body) {
        HttpResponse<String> answer = Mockito.mock();
        Mockito.when(answer.statusCode()).thenReturn(status);
        Mockito.when(answer.body()).thenReturn(body);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 409, 503})
    void expectsWhatSaysWhatHappened(int status) {
        answers.of("POST", () -> answer(status, ""));

        assertThat(answers.unexpected()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 500, 502, 504})
    void expectsNothingElse(int status) {
        answers.of("POST", () -> answer(200, ""));
        answers.of("POST", () -> answer(status, ""));

        assertThat(answers.unexpected()).isOne();
        assertThat(answers.counts().toString()).isEqualTo("{POST={200=1, %d=1}}".formatted(status));
    }

    @Test
    void expectsThatAKilledProcessDoesNotAnswer() {
        assertThatThrownBy(() -> answers.of("POST", () -> {
                    throw new UncheckedIOException(new IOException("reset"));
                }))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(answers.unexpected()).isZero();
        assertThat(answers.counts().toString()).isEqualTo("{POST={none=1}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"valid\":false}", "{\"val", "{}"})
    void doesNotExpectABrokenChain(String body) {
        answers.chain(answer(200, "{\"valid\":true}"));
        answers.chain(answer(503, ""));
        assertThat(answers.unexpected()).isZero();

        answers.chain(answer(200, body));

        assertThat(answers.unexpected()).isOne();
    }

    @Test
    void doesNotExpectAnAnswerThatCannotBeRead() {
        answers.unreadable("list");

        assertThat(answers.unexpected()).isOne();
    }
}
