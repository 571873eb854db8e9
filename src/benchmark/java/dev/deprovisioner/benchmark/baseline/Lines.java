package dev.deprovisioner.benchmark.baseline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.function.Function;

/** How the benchmark drives a baseline: a line for each order, and one for what came of it. */
final class Lines {

    private Lines() {}

    /** Says that it is ready, then answers until the standard input ends. */
    static void answer(Function<String, Object> orders) {
        System.out.println("ready");
        new BufferedReader(new InputStreamReader(System.in, UTF_8))
                .lines()
                .forEach(line -> System.out.println(orders.apply(line)));
    }
}
