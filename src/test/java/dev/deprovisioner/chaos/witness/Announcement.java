package dev.deprovisioner.chaos.witness;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;

/** A commit as announced to the witness, which must agree before the commit, and again before the service goes on. */
final class Announcement implements AutoCloseable {

    static final String PORT = "witness.port";
    static final int MAY_GO_ON = 1;
    static final int COMMITTED = 2;

    private final Socket socket;

    private Announcement(Socket socket) {
        this.socket = socket;
    }

    /** Returns when the witness agrees to the commit. */
    static Announcement of(List<Sql> written) throws SQLException {
        try {
            var announcement = new Announcement(new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger(PORT)));
            announcement.send(written);
            return announcement;
        } catch (IOException e) {
            throw new SQLException("There is no witness", e);
        }
    }

    private void send(List<Sql> written) throws IOException {
        var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        out.writeInt(written.size());
        for (var sql : written) {
            out.writeUTF(sql.text());
            out.writeInt(sql.parameters().size());
            for (var parameter : sql.parameters()) {
                out.writeUTF(parameter);
            }
        }
        out.flush();
        awaitAgreement();
    }

    /** Returns when the witness lets the service go on. */
    void done() throws SQLException {
        try {
            socket.getOutputStream().write(COMMITTED);
            awaitAgreement();
        } catch (IOException e) {
            throw new SQLException("The witness is gone", e);
        }
    }

    private void awaitAgreement() throws IOException {
        if (socket.getInputStream().read() != MAY_GO_ON) {
            throw new IOException("The witness does not agree");
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            socket.close();
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }
}
