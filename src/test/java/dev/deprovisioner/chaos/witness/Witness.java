package dev.deprovisioner.chaos.witness;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Hears of every commit of a service with a {@link WitnessedDriver}; the service waits as long as the listener does. */
public final class Witness implements AutoCloseable {

    /** What is done at a commit, in the thread of that commit. */
    public interface Listener {

        /** Everything was executed, nothing is committed. */
        void beforeCommit(List<Sql> written);

        /** It is committed; only the database knows that yet. */
        void afterCommit(List<Sql> written);
    }

    private final Listener listener;
    private final ServerSocket server;

    public Witness(Listener listener) {
        this.listener = listener;
        try {
            this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("witness").start(this::accept);
    }

    /** The options with which the service's JVM has to be started. */
    public List<String> jvmOptions() {
        return List.of("-D" + Announcement.PORT + "=" + server.getLocalPort());
    }

    /** Puts the classes of this package, and no others, into a jar for the service's class path. */
    public static Path writeJar(Path file) {
        var folder = Witness.class.getPackageName().replace('.', '/');
        try (var classes = Files.list(
                        Path.of(Witness.class.getResource("/" + folder).toURI()));
                var jar = new JarOutputStream(Files.newOutputStream(file))) {
            addFolders(jar, folder);
            for (var type : classes.toList()) {
                jar.putNextEntry(new JarEntry(folder + "/" + type.getFileName()));
                Files.copy(type, jar);
            }
            return file;
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Spring looks for classes only in folders that the jar names. */
    private static void addFolders(JarOutputStream jar, String folder) throws IOException {
        for (int end = folder.indexOf('/'); end >= 0; end = folder.indexOf('/', end + 1)) {
            jar.putNextEntry(new JarEntry(folder.substring(0, end + 1)));
        }
        jar.putNextEntry(new JarEntry(folder + "/"));
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> attend(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** A service that is killed meanwhile just ends the conversation, and so does a listener that throws. */
    private void attend(Socket socket) {
        try (socket) {
            var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            var written = read(in);
            listener.beforeCommit(written);
            socket.getOutputStream().write(Announcement.MAY_GO_ON);
            if (in.read() == Announcement.COMMITTED) {
                listener.afterCommit(written);
                socket.getOutputStream().write(Announcement.MAY_GO_ON);
            }
        } catch (IOException | IllegalStateException e) {
            // A service that is gone needs no answer.
        }
    }

    private static List<Sql> read(DataInputStream in) throws IOException {
        var written = new ArrayList<Sql>();
        for (int left = in.readInt(); left > 0; left--) {
            var text = in.readUTF();
            var parameters = new ArrayList<String>();
            for (int more = in.readInt(); more > 0; more--) {
                parameters.add(in.readUTF());
            }
            written.add(new Sql(text, parameters));
        }
        return List.copyOf(written);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
