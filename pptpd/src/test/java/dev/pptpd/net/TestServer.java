package dev.pptpd.net;

import dev.pptpd.control.ControlMessage;
import dev.pptpd.control.ControlMessageEncoder;
import dev.pptpd.control.StartControlConnectionReply;
import dev.pptpd.control.TextField;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A server of bare sockets, for what no server of ours does. Waits five seconds at most. */
final class TestServer implements AutoCloseable {
    static final StartControlConnectionReply STARTED =
            new StartControlConnectionReply(
                    0x0100, 1, 0, 3, 3, 1, 1, TextField.EMPTY, TextField.of("linux"));

    final ServerSocket listener;
    private final List<Socket> sockets = new ArrayList<>();

    TestServer(int backlog) throws IOException {
        listener = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(5000);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** The next connection, to be closed with this server. */
    Socket accept() throws IOException {
        var socket = listener.accept();
        sockets.add(socket);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Takes connections into the kernel's queue until it answers no more. */
    void fillBacklog() throws IOException {
        for (int i = 0; i < 8; i++) {
            var socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(address(), 200);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
    }

    static byte[] octets(ControlMessage message) {
        return ControlMessageEncoder.encode(message).array();
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
        listener.close();
    }
}
