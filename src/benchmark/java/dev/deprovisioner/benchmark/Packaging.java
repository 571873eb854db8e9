package dev.deprovisioner.benchmark;

import dev.deprovisioner.PackagedService;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The packaged service, extracted as in the image.
 *
 * @param directory where its jar, and the cache, are
 */
record Packaging(Path directory) {

    private static final String CACHE = "app.aot";

    static Packaging extract(Path parent) {
        var packaging = new Packaging(parent.resolve("extracted"));
        packaging.directory.toFile().mkdirs();
        packaging.execute(List.of(
                Jvm.JAVA,
                "-Djarmode=tools",
                "-jar",
                PackagedService.JAR.toString(),
                "extract",
                "--destination",
                ".",
                "--force"));
        return packaging;
    }

    /** The command without what shortens the start. */
    static List<String> jar() {
        return command(List.of(), PackagedService.JAR);
    }

    /** Without a cache. */
    List<String> extracted() {
        return command(List.of(), directory.resolve(PackagedService.JAR.getFileName()));
    }

    /** As in the image. Makes the cache first, as the Dockerfile does. */
    List<String> image() {
        if (!Files.exists(directory.resolve(CACHE))) {
            train();
        }
        var options = new ArrayList<>(aot());
        options.add("-XX:AOTCache=" + directory.resolve(CACHE));
        return command(options, directory.resolve(PackagedService.JAR.getFileName()));
    }

    private void train() {
        var options = new ArrayList<>(aot());
        options.addAll(List.of(
                "-XX:AOTCacheOutput=" + directory.resolve(CACHE),
                "-XX:TieredStopAtLevel=1",
                "-Dspring.context.exit=onRefresh"));
        var command = new ArrayList<>(command(options, directory.resolve(PackagedService.JAR.getFileName())));
        command.addAll(List.of(
                "--deprovisioner.upstream.base-url=https://provider.invalid",
                "--deprovisioner.upstream.client-id=none",
                "--deprovisioner.upstream.client-secret=none",
                "--spring.security.oauth2.resourceserver.jwt.issuer-uri=https://issuer.invalid",
                "--spring.datasource.url=jdbc:h2:" + directory.resolve("training")));
        execute(command);
    }

    /** Only a build with the profile {@code prepared} has the definitions of beans in its jar. */
    private static List<String> aot() {
        return isPrepared() ? List.of("-Dspring.aot.enabled=true") : List.of();
    }

    /** Why a figure of the image is not valid; empty if this build has what the image's has. */
    static List<String> doubts() {
        return isPrepared()
                ? List.of()
                : List.of("the image has prepared beans, and this build none: use `-Pprepared,benchmark`");
    }

    private static boolean isPrepared() {
        return Files.exists(PackagedService.JAR.resolveSibling(Path.of(
                "classes", "dev", "deprovisioner", "DeprovisionerApplication__ApplicationContextInitializer.class")));
    }

    private static List<String> command(List<String> more, Path jar) {
        var command = new ArrayList<>(List.of(Jvm.JAVA));
        command.addAll(Jvm.OPTIONS);
        command.addAll(more);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    private void execute(List<String> command) {
        var output = new File(directory.toFile(), "output.log");
        try {
            int status = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IllegalStateException(Files.readString(output.toPath()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
