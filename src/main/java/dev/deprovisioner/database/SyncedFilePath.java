package dev.deprovisioner.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A file of the embedded database, with every write on the disk when it returns. H2 by itself leaves that to the
 * operating system: commits survive the end of the process, but not a loss of power. The prefix {@code durable:} before
 * the path in the database's URL selects it. Public only because H2 creates instances.
 */
public final class SyncedFilePath extends FilePathWrapper {

    private static final String SCHEME = "durable";

    /** Makes the prefix available in URLs. */
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
