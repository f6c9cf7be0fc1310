package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * TCP transfers between a guest and a host in a namespace, each way, compared by SHA-256. The
 * guest's end is bash and coreutils; the other is {@link TransferHost}.
 */
final class Transfer implements AutoCloseable {

    private static final int SEND_PORT = 5001;
    private static final int RECEIVE_PORT = 5002;
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    /** 20 MB through the slowest peer, a guest at 10 Mbit/s, with room for a busy machine. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Duration limit;

    private final String address;
    private final int bytes;
    private final Process process;
    private final OutputLines output;

    private Transfer(String address, int bytes, Duration limit, Process process) {
        this.limit = limit;
        this.address = address;
        this.bytes = bytes;
        this.process = process;
        this.output = OutputLines.of(process.getInputStream());
    }

    /**
     * Starts the far end.
     *
     * @param namespace where it runs
     * @param address its address there
     * @param bytes how much each transfer moves
     */
    static Transfer start(Namespace namespace, String address, int bytes) {
        return start(namespace, address, bytes, LIMIT);
    }

    /**
     * Starts the far end for a slower path.
     *
     * @param limit how long one transfer may take
     */
    static Transfer start(Namespace namespace, String address, int bytes, Duration limit) {
        Process process =
                namespace
                        .command(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-cp",
                                classes(),
                                TransferHost.class.getName(),
                                Integer.toString(SEND_PORT),
                                Integer.toString(RECEIVE_PORT),
                                Integer.toString(bytes))
                        .start();
        Transfer transfer = new Transfer(address, bytes, limit, process);
        transfer.awaitLine(TransferHost.READY, START_LIMIT);
        return transfer;
    }

    /** Moves the bytes towards the machine of the shell. */
    Digests download(Shell peer) {
        int earlier = reports(TransferHost.SENT).size();
        String received =
                peer.expectSuccess(
                        limit,
                        "head -c %d </dev/tcp/%s/%d | sha256sum"
                                .formatted(bytes, address, SEND_PORT));
        return new Digests(nextReport(TransferHost.SENT, earlier), firstWord(received));
    }

    /** Moves as many bytes from there. */
    Digests upload(Shell peer) {
        int earlier = reports(TransferHost.RECEIVED).size();
        String sent =
                peer.expectSuccess(
                        limit,
                        """
                        file=$(mktemp /run/upload.XXXXXX)
                        head -c %d /dev/urandom >$file
                        sha256sum <$file
                        cat $file >/dev/tcp/%s/%d
                        rm -f $file
                        """
                                .formatted(bytes, address, RECEIVE_PORT));
        return new Digests(firstWord(sent), nextReport(TransferHost.RECEIVED, earlier));
    }

    /** Moves as many bytes to the one as from the other meanwhile, and expects all to arrive. */
    void expectEqualAtOnce(Shell downloading, Shell uploading) {
        CompletableFuture<Digests> download =
                CompletableFuture.supplyAsync(() -> download(downloading));
        Digests upload = upload(uploading);
        assertThat(upload.received()).isEqualTo(upload.sent());
        assertThat(download.join().received()).isEqualTo(download.join().sent());
    }

    /**
     * The SHA-256 at the two ends of a transfer, in hexadecimal digits.
     *
     * @param sent of what the sender wrote
     * @param received of what the receiver read
     */
    record Digests(String sent, String received) {}

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String nextReport(String word, int earlier) {
        Poll.until(
                limit,
                () -> reports(word).size() > earlier,
                () -> "'" + word + "' of the far end; it wrote " + output.snapshot());
        String report = reports(word).get(earlier);
        String[] fields = report.split(" ", 3);
        if (Integer.parseInt(fields[1]) != bytes) {
            throw new AssertionError("%d bytes expected: %s".formatted(bytes, report));
        }
        return fields[2];
    }

    private List<String> reports(String word) {
        return output.snapshot().stream().filter(line -> line.startsWith(word + " ")).toList();
    }

    private void awaitLine(String line, Duration limit) {
        if (output.await(limit, seen -> Optional.of(seen).filter(line::equals)).isEmpty()) {
            close();
            throw new AssertionError("no transfer host: " + output.snapshot());
        }
    }

    private static String firstWord(String line) {
        return line.split(" ", 2)[0];
    }

    private static String classes() {
        try {
            return Path.of(
                            TransferHost.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
