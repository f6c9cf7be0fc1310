package dev.pptpd.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Entry point of the transfer that {@code ./run --check} makes, one process at each end of the
 * tunnel: {@code serve ADDRESS OCTETS} prints its port, {@code measure ADDRESS PORT OCTETS} prints
 * {@code up=MBIT down=MBIT}.
 */
public final class Main {
    private static final int FAILED = 1;
    private static final int USAGE = 64;

    private Main() {}

    /** Runs one end; the process ends with 0, with 1 and a sentence, or with 64. */
    public static void main(String[] words) {
        int exitCode;
        try {
            exitCode = run(words);
        } catch (IOException | NumberFormatException e) {
            System.err.println("the transfer failed: " + e.getMessage());
            exitCode = FAILED;
        }
        if (exitCode != 0) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private static int run(String[] words) throws IOException {
        if (words.length == 3 && words[0].equals("serve")) {
            InetAddress address = InetAddress.getByName(words[1]);
            try (TransferServer server = TransferServer.open(address, octets(words[2]))) {
                System.out.println(server.port());
                server.serve();
            }
            return 0;
        }
        if (words.length == 4 && words[0].equals("measure")) {
            InetSocketAddress far = new InetSocketAddress(words[1], Integer.parseInt(words[2]));
            Transfer transfer = new Transfer(far, octets(words[3]));
            long up = transfer.send();
            System.out.println("up=" + up + " down=" + transfer.receive());
            return 0;
        }
        System.err.println("expected: serve ADDRESS OCTETS, or measure ADDRESS PORT OCTETS");
        return USAGE;
    }

    private static int octets(String word) {
        return Integer.parseInt(word);
    }
}
