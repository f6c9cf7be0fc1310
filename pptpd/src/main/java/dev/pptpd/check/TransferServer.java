package dev.pptpd.check;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The far end of transfers, one after another. */
final class TransferServer implements AutoCloseable {
    private static final int BACKLOG = 4;

    /** Also what a tunnel that has stopped costs: the far end must not wait for ever. */
    private static final int SILENCE_MILLIS = 20_000;

    private final ServerSocket listener;
    private final int octets;

    private TransferServer(ServerSocket listener, int octets) {
        this.listener = listener;
        this.octets = octets;
    }

    /** Listens on a free port of this address. */
    static TransferServer open(InetAddress address, int octets) throws IOException {
        return new TransferServer(new ServerSocket(0, BACKLOG, address), octets);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Serves until it is closed; a transfer that breaks ends alone. */
    void serve() throws IOException {
        while (!listener.isClosed()) {
            Socket socket = listener.accept();
            try (socket) {
                socket.setSoTimeout(SILENCE_MILLIS);
                serve(socket);
            } catch (IOException e) {
                System.err.println("a transfer broke: " + e.getMessage());
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] digest =
                in.read() == Payload.OPENER_SENDS
                        ? Payload.read(in, octets)
                        : Payload.write(socket.getOutputStream(), octets);
        socket.getOutputStream().write(digest);
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
