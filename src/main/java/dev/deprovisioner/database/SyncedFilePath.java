package dev.deprovisioner.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file of the embedded database whose every write is on the disk when it returns: H2 by itself leaves that to the
 * operating system, so that what was committed would survive the end of the process, but no loss of power. Chosen by
 * {@code durable:} before the path in the database's URL. Public for H2 only, which makes others of its kind.
 */
public final class SyncedFilePath extends FilePathWrapper {

    private static final String SCHEME = "durable";

    /** Lets URLs say so from now on. */
    public static void register() {
        FilePath.register(new SyncedFilePath());
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return super.open(mode.equals("rw") ? "rwd" : mode);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }
}
