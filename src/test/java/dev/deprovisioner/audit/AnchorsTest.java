package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.deprovisioner.testbed.SteppedTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("Reads the log of this JVM")
class AnchorsTest {

    private final ChainStore chain = mock();
    private final Anchors anchors = new Anchors(chain, new SteppedTime());

    private void headIs(ChainHead head) {
        when(chain.head()).thenReturn(head);
        anchors.anchor();
    }

    @Test
    void tellTheHeadWheneverItHasMoved(CapturedOutput output) {
        headIs(ChainHead.NONE);
        assertThat(output.getOut()).doesNotContain("anchor\"");
        headIs(new ChainHead(7, "aa", null));
        headIs(new ChainHead(7, "aa", null));
        headIs(new ChainHead(9, "bb", "key"));
        // A head that was set back is logged too, as evidence of tampering.
        headIs(new ChainHead(8, "cc", "key"));

        assertThat(output.getOut().lines().filter(line -> line.contains("\"anchor\"")))
                .map(line -> line.substring(line.indexOf('{')))
                .containsExactly(
                        "{\"timestamp\":\"2026-03-01T00:00:00Z\",\"anchor\":{\"sequence\":7,\"hash\":\"aa\"}}",
                        "{\"timestamp\":\"2026-03-01T00:00:00Z\",\"anchor\":{\"sequence\":9,\"hash\":\"bb\"}}",
                        "{\"timestamp\":\"2026-03-01T00:00:00Z\",\"anchor\":{\"sequence\":8,\"hash\":\"cc\"}}");
    }
}
