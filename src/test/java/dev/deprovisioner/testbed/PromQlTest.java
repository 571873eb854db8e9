package dev.deprovisioner.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.PromQl.Selector;
import org.junit.jupiter.api.Test;

/** Metrics and labels are distinguished from functions, keywords, ranges and strings. */
class PromQlTest {

    @Test
    void findsWhatIsRead() {
        var read = PromQl.parse("""
                histogram_quantile(0.95, sum by (le, step) (rate(a_bucket{b=~"x|y",c!="sum(d)"}[5m]))) > 3600
                and on (job) max without(i) (e{f="/g/{h}"} offset 1h) unless absent(k) or l:m == 1e3
                """);

        assertThat(read.selectors()).extracting(Selector::metric).containsExactly("a_bucket", "e", "k", "l:m");
        assertThat(read.grouping()).containsExactlyInAnyOrder("le", "step", "job", "i");
        var matchers = read.selectors().getFirst().matchers();
        assertThat(matchers).hasSize(2);
        assertThat(matchers.getFirst().wanted()).containsExactly("x", "y");
        assertThat(matchers.getLast().wanted()).isEmpty();
        assertThat(read.selectors().get(1).matchers().getFirst().wanted()).containsExactly("/g/{h}");
    }
}
