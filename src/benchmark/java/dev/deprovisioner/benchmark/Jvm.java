package dev.deprovisioner.benchmark;

import java.nio.file.Path;
import java.util.List;

/** What all processes of a benchmark have in common: the options of their JVMs. */
final class Jvm {

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /**
     * What the image has in a pod of the chart with 768 MiB: 60 % of it for the heap, an eighth of it at first, and the
     * collector that the JVM chooses for so little memory.
     */
    static final List<String> OPTIONS = List.of("-Xmx460m", "-Xms96m", "-XX:+UseSerialGC");

    private Jvm() {}
}
