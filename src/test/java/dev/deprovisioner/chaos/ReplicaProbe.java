package dev.deprovisioner.chaos;

import dev.deprovisioner.soak.Recording;
import dev.deprovisioner.testbed.Exposition;
import dev.deprovisioner.testbed.Exposition.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Measures one process: from outside, as the kernel of Linux counts, and by the figures that it shows itself. */
final class ReplicaProbe {

    static final String RESIDENT = "resident memory, MiB";
    static final String HEAP = "heap, MiB";
    static final String LIVE_HEAP = "heap after a collection, MiB";
    static final String THREADS = "threads";
    static final String FILES = "open files";
    static final String POOL = "connections in the pool";

    /** Each so many samples, about once a minute, the process collects its garbage. */
    private static final int THOROUGH = 12;

    private static final double MIB = 1024 * 1024;

    private final Replica replica;
    private final Recording recording;
    private int samples;

    ReplicaProbe(Replica replica, Recording recording) {
        this.replica = replica;
        this.recording = recording;
    }

    /** @throws UncheckedIOException if the process has ended or does not answer */
    void sample() {
        if (!replica.isAlive()) {
            return;
        }
        try {
            measureOutside(Path.of("/proc", String.valueOf(replica.service().pid())));
            measureInside();
            if (++samples % THOROUGH == 0 && isExecuted("GC.run")) {
                add(LIVE_HEAP, heap(Exposition.parse(replica.service().metrics())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measureOutside(Path process) throws IOException {
        var status = Files.readAllLines(process.resolve("status"));
        add(RESIDENT, number(status, "VmRSS:") / 1024.0);
        add(THREADS, (double) number(status, "Threads:"));
        try (var files = Files.list(process.resolve("fd"))) {
            add(FILES, (double) files.count());
        }
    }

    private static long number(Iterable<String> status, String name) {
        for (var line : status) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new UncheckedIOException(new IOException("There is no " + name));
    }

    private void measureInside() {
        var figures = Exposition.parse(replica.service().metrics());
        add(HEAP, heap(figures));
        add(
                POOL,
                figures.samples("hikaricp_connections").stream()
                        .mapToDouble(Sample::value)
                        .sum());
    }

    private static double heap(Exposition figures) {
        return figures.samples("jvm_memory_used_bytes").stream()
                        .filter(sample -> "heap".equals(sample.labels().get("area")))
                        .mapToDouble(Sample::value)
                        .sum()
                / MIB;
    }

    /** Whether the process has executed the command within 10 s. */
    private boolean isExecuted(String command) throws IOException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, String.valueOf(replica.service().pid()), command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private void add(String what, double value) {
        recording.add(replica.name() + " " + what, value);
    }
}
