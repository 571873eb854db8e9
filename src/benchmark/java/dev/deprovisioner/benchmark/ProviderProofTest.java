package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderProofTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aProviderThatAnswersLessThanNeededIsDoubted() {
        assertThat(new ProviderProof(4_000, 4_000).doubts()).isEmpty();
        assertThat(new ProviderProof(3_999, 4_000).doubts())
                .containsExactly("the provider answers 3999 requests a second, where 4000 are needed");
    }

    @Test
    void withoutLatencyItNeedsFiveTimesWhatWasAskedFor() {
        try (var provider = ProviderProcess.start(directory)) {
            var proof = ProviderProof.withoutLatency(provider, 10);

            assertThat(proof.needed()).isEqualTo(50);
            assertThat(proof.answered()).isPositive();
        }
    }
}
