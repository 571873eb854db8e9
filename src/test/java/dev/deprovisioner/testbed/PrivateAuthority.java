package dev.deprovisioner.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority that no JDK trusts by itself, and what it issues; made by the {@code keytool} of this JDK. */
public final class PrivateAuthority {

    /** Of every key store. */
    public static final String PASSWORD = "a password";

    private static final String AUTHORITY = "authority";

    private final Path directory;
    private final Path everything;

    private PrivateAuthority(Path directory) {
        this.directory = directory;
        this.everything = directory.resolve("everything.p12");
    }

    /** Keeps all its files in this directory, which may not exist yet. */
    public static PrivateAuthority create(Path directory) {
        try {
            var authority = new PrivateAuthority(Files.createDirectories(directory));
            authority.generate(AUTHORITY, "-ext", "bc:critical");
            return authority;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its own certificate, as PEM. */
    public Path certificate() {
        return write(AUTHORITY + ".pem", pem("CERTIFICATE", List.of(encoded(certificates(AUTHORITY)[0]))));
    }

    /** A key store with its own certificate only, to trust in. */
    public Path trustStore() {
        return storeWith("trusted.p12", store -> store.setCertificateEntry(AUTHORITY, certificates(AUTHORITY)[0]));
    }

    /**
     * Issues a certificate.
     *
     * @param addresses such as {@code dns:localhost,ip:127.0.0.1}
     */
    public Identity issue(String name, String addresses) {
        generate(name, "-signer", AUTHORITY, "-ext", "san=" + addresses);
        var chain = new ArrayList<byte[]>();
        for (var certificate : certificates(name)) {
            chain.add(encoded(certificate));
        }
        return new Identity(
                write(name + ".pem", pem("CERTIFICATE", chain)),
                write(name + ".key", pem("PRIVATE KEY", List.of(key(name).getEncoded()))),
                storeWith(
                        name + ".p12",
                        store -> store.setKeyEntry(name, key(name), PASSWORD.toCharArray(), certificates(name))));
    }

    /**
     * A certificate with its key.
     *
     * @param certificate with the authority's own, as PEM
     * @param key as PEM, readable by its owner only
     * @param store both in one PKCS #12 file
     */
    public record Identity(Path certificate, Path key, Path store) {}

    private void generate(String name, String... more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1", // a process of a second ends sooner without the optimizing compiler
                "-J-XX:+UseSerialGC",
                "-genkeypair",
                "-keystore",
                everything.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC", // made in a fraction of the seconds that RSA takes
                "-groupname",
                "secp256r1",
                "-validity",
                "2"));
        command.addAll(List.of(more));
        try {
            var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Certificate[] certificates(String name) {
        try {
            return load().getCertificateChain(name);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Key key(String name) {
        try {
            return load().getKey(name, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore load() {
        try {
            return KeyStore.getInstance(everything.toFile(), PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }

    private Path storeWith(String name, Filling filling) {
        var file = directory.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            filling.fill(store);
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String type, List<byte[]> contents) {
        var text = new StringBuilder();
        for (var content : contents) {
            text.append("-----BEGIN %s-----\n".formatted(type))
                    .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content))
                    .append("\n-----END %s-----\n".formatted(type));
        }
        return text.toString();
    }

    private Path write(String name, String content) {
        try {
            var file = Files.writeString(directory.resolve(name), content);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
