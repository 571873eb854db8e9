package dev.deprovisioner.benchmark.provider;

import java.io.IOException;
import java.net.Socket;

/** Answers the requests of one kept connection, one after the other. */
final class Connection implements Runnable {

    private final Socket socket;
    private final Provider provider;

    Connection(Socket socket, Provider provider) {
        this.socket = socket;
        this.provider = provider;
    }

    @Override
    public void run() {
        try (socket) {
            var requests = new RequestReader(socket.getInputStream());
            var answers = socket.getOutputStream();
            for (var request = requests.next(); request != null; request = requests.next()) {
                answers.write(provider.answer(request).bytes());
            }
        } catch (IOException e) {
            // The client has closed or reset its connection: there is no answer to give.
        }
    }
}
