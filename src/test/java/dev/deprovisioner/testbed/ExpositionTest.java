package dev.deprovisioner.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus would not take is not taken here. */
class ExpositionTest {

    private static final String HISTOGRAM = """
            # TYPE h histogram
            h_bucket{a="x",le="1.0"} 1
            h_bucket{a="x",le="+Inf"} 3
            h_count{a="x"} 3
            h_sum{a="x"} 4.5
            """;

    @Test
    void readsNamesLabelsAndValues() {
        var figures =
                Exposition.parse("# HELP a_b what it \\\\ is\n# TYPE a_b gauge\na_b{c=\"}, \\\"d\\\" \",e=\"\"} 1.5E3\n"
                        + "other NaN\n" + HISTOGRAM);

        var sample = figures.samples("a_b").getFirst();
        assertThat(sample.labels()).isEqualTo(Map.of("c", "}, \\\"d\\\" ", "e", ""));
        assertThat(sample.value()).isEqualTo(1500);
        assertThat(figures.values("h_bucket", "le")).containsExactlyInAnyOrder("1.0", "+Inf");
        assertThat(figures.samples("none")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 1",
                "a-b 1\n",
                "a{b=c} 1\n",
                "a{b=\"c\\d\"} 1\n",
                "a{b=\"c\",b=\"d\"} 1\n",
                "a{b=\"c\"} 1\na{b=\"c\"} 2\n",
                "a one\n",
                "a 1\nb 1\na{c=\"d\"} 1\n",
                "# TYPE a number\na 1\n",
                "a 1\n# TYPE b gauge\nb 1\n# TYPE a gauge\n",
                "# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 1\nh_count 1\n",
                "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_count 1\n",
                "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_count 2\n",
            })
    void refusesWhatIsNoExposition(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Exposition.parse(text));
    }
}
