package dev.deprovisioner.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class InterleavedTest {

    private final List<String> order = new ArrayList<>();

    @Test
    void bothTakeTurnsAsOften() {
        var rounds = Interleaved.rounds(2, "bare", counted("bare"), counted("service"));

        assertThat(order).containsExactly("bare", "service", "bare", "service");
        assertThat(rounds.baseline()).isEqualTo(new Series("bare", List.of(1.0, 3.0)));
        assertThat(rounds.measured()).isEqualTo(new Series("service", List.of(2.0, 4.0)));
    }

    @Test
    void bothHaveTheSameWarmUp() {
        var rounds = Interleaved.of(Scale.QUICK, 1, "bare", counted("bare"), counted("service"));

        int all = Scale.QUICK.warmUp + Scale.QUICK.rounds;
        assertThat(Collections.frequency(order, "bare")).isEqualTo(all);
        assertThat(Collections.frequency(order, "service")).isEqualTo(all);
        assertThat(rounds.baseline().values()).hasSize(Scale.QUICK.rounds);
    }

    private DoubleSupplier counted(String name) {
        return () -> {
            order.add(name);
            return order.size();
        };
    }
}
