package dev.deprovisioner;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * The packaged service, extracted as in the image, with an AOT cache of what its JVM loads and links (JEP 514). Both are
 * made once a build, by the first test that needs them. Without a cache the service takes longer to start.
 */
public final class PackagedService {

    /** As Maven has packaged it before the whole applications are tested. */
    public static final Path JAR =
            Path.of("target/scim-deprovisioner-0.1.0.jar").toAbsolutePath();

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** The JVM takes a cache only under the options it was made with. */
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Those that have no default. */
    private static final List<String> SETTINGS = List.of(
            "--deprovisioner.upstream.base-url=https://provider.invalid",
            "--deprovisioner.upstream.token-uri=https://provider.invalid/token",
            "--deprovisioner.upstream.client-id=none",
            "--deprovisioner.upstream.client-secret=none",
            "--spring.security.oauth2.resourceserver.jwt.issuer-uri=https://issuer.invalid");

    private static final class ThisBuild {

        static final PackagedService SERVICE = ofThisBuild();
    }

    private final Path jar;
    private final Path cache;

    /** @param cache may not exist */
    private PackagedService(Path jar, Path cache) {
        this.jar = jar;
        this.cache = cache;
    }

    /**
     * The command that starts it; what is appended are settings.
     *
     * @param more jars at the end of the class path: the cache stays good for those before
     */
    static List<String> command(List<String> jvmOptions, List<Path> more) {
        var command = new ArrayList<>(List.of(JAVA));
        command.addAll(OPTIONS);
        command.addAll(ThisBuild.SERVICE.cacheOptions());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", ThisBuild.SERVICE.classPath(more), DeprovisionerApplication.class.getName()));
        return command;
    }

    /** Silent where the cache does not fit: tests read what the service prints. */
    private List<String> cacheOptions() {
        return Files.exists(cache) ? List.of("-XX:AOTCache=" + cache, "-Xlog:disable") : List.of();
    }

    private String classPath(List<Path> more) {
        var entries = new StringBuilder(jar.toString());
        more.forEach(entry -> entries.append(File.pathSeparator).append(entry));
        return entries.toString();
    }

    private static PackagedService ofThisBuild() {
        try {
            var directory = JAR.resolveSibling("extracted");
            var built = Files.getLastModifiedTime(JAR).toMillis();
            var service = new PackagedService(directory.resolve(JAR.getFileName()), directory.resolve(built + ".aot"));
            service.prepare(directory, directory.resolve(built + ".prepared"));
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Once a build: the JVMs of other tests wait until it is there. */
    private void prepare(Path directory, Path done) throws IOException {
        var lock = directory.resolveSibling("extracted.lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (held.isValid() && !Files.exists(done)) {
                extract(directory);
                train(directory);
                Files.createFile(done);
            }
        }
    }

    private void extract(Path directory) throws IOException {
        FileSystemUtils.deleteRecursively(directory);
        Files.createDirectories(directory);
        var command =
                List.of(JAVA, "-Djarmode=tools", "-jar", JAR.toString(), "extract", "--force", "--destination", ".");
        if (!succeeds(command, directory)) {
            throw new IllegalStateException("Cannot extract " + JAR);
        }
    }

    /** Starts it up to where it would begin to work. The cache gets its name when it is complete. */
    private void train(Path directory) throws IOException {
        var incomplete = directory.resolve("incomplete.aot");
        var command = new ArrayList<>(List.of(JAVA));
        command.addAll(OPTIONS);
        command.addAll(List.of("-XX:AOTCacheOutput=" + incomplete, "-Dspring.context.exit=onRefresh"));
        command.addAll(List.of("-cp", classPath(List.of()), DeprovisionerApplication.class.getName()));
        command.addAll(SETTINGS);
        if (succeeds(command, directory) && Files.exists(incomplete)) {
            Files.move(incomplete, cache);
        }
    }

    private static boolean succeeds(List<String> command, Path directory) throws IOException {
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("output.log").toFile()))
                .start();
        try {
            return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
