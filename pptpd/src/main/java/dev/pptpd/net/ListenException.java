package dev.pptpd.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** The server cannot listen on its address; the message is one sentence for the operator. */
public final class ListenException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Ports below this one are reserved on Linux, unless it was told otherwise. */
    private static final int FIRST_UNPRIVILEGED_PORT = 1024;

    /** What stands in the way. */
    public enum Obstacle {
        /** Someone, perhaps another server of this kind, listens there already. */
        ADDRESS_IN_USE,
        /** No interface of this host has the address. */
        ADDRESS_NOT_OF_THIS_HOST,
        /** The port is reserved. */
        NOT_PERMITTED,
        /** Something else, see the cause. */
        OTHER
    }

    private final Obstacle obstacle;

    private ListenException(Obstacle obstacle, String message, Throwable cause) {
        super(message, cause);
        this.obstacle = obstacle;
    }

    /** Which of the usual reasons this is. */
    public Obstacle obstacle() {
        return obstacle;
    }

    static ListenException of(InetSocketAddress address, Throwable cause) {
        var where = address.getAddress().getHostAddress() + " port " + address.getPort();
        var obstacle = obstacleOf(address, cause);
        var message =
                switch (obstacle) {
                    case ADDRESS_IN_USE -> where + " is already in use by another server";
                    case ADDRESS_NOT_OF_THIS_HOST -> where + ": no interface has this address";
                    case NOT_PERMITTED -> where + ": not permitted to listen there";
                    case OTHER -> where + ": cannot listen: " + cause.getMessage();
                };
        return new ListenException(obstacle, message, cause);
    }

    /**
     * Java has one exception for EADDRINUSE, EADDRNOTAVAIL and EACCES, and a message in the
     * language of the system. So ask the system where that is possible.
     */
    private static Obstacle obstacleOf(InetSocketAddress address, Throwable cause) {
        if (!(cause instanceof SocketException)) {
            return Obstacle.OTHER;
        }
        if (!isOfThisHost(address)) {
            return Obstacle.ADDRESS_NOT_OF_THIS_HOST;
        }
        boolean denied =
                address.getPort() < FIRST_UNPRIVILEGED_PORT
                        && String.valueOf(cause.getMessage()).contains("denied");
        return denied ? Obstacle.NOT_PERMITTED : Obstacle.ADDRESS_IN_USE;
    }

    private static boolean isOfThisHost(InetSocketAddress address) {
        var ip = address.getAddress();
        try {
            return ip.isAnyLocalAddress()
                    || ip.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(ip) != null;
        } catch (SocketException _) {
            return true;
        }
    }
}
