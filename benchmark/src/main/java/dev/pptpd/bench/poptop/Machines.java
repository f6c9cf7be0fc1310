package dev.pptpd.bench.poptop;

import dev.pptpd.bench.measure.UnavailableException;
import dev.pptpd.bench.process.Belongings;
import dev.pptpd.bench.process.ScratchFolder;
import dev.pptpd.lab.Guest;
import dev.pptpd.lab.Namespace;
import dev.pptpd.lab.PoptopServer;
import dev.pptpd.lab.PppdEncryption;
import dev.pptpd.lab.ServerFiles;
import dev.pptpd.lab.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A client and two servers, three guests with the same kernel, memory and wire:
 *
 * <pre>
 *  guest 10.77.0.11 [pppd, the kernel's PPTP] --- t1 \
 *  guest 10.77.0.20 [PoPToP] --------------------- t2  br0
 *  guest 10.77.0.30 [this server] ---------------- t3 /
 * </pre>
 */
final class Machines implements AutoCloseable {
    private static final Path KERNEL = Path.of("/usr/bin/linux.uml");
    private static final Path RIVAL = Path.of("/usr/sbin/pptpd");
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Belongings belongings = new Belongings();
    private final ScratchFolder folder = belongings.add(ScratchFolder.create());
    private final Namespace ether;
    private final Guest client;
    private final Peer poptop;
    private final Peer ours;

    /**
     * A server.
     *
     * @param address on the wire
     * @param gateway its end of every tunnel
     */
    record Peer(String name, Guest guest, String address, String gateway) {}

    private Machines() throws IOException {
        try {
            ether = belongings.add(Namespace.create("ether"));
            ether.bridge("br0");
            client = boot("t1", "10.77.0.11");
            poptop = new Peer("poptop", boot("t2", "10.77.0.20"), "10.77.0.20", "10.98.0.1");
            ours =
                    new Peer(
                            "ours",
                            boot("t3", "10.77.0.30"),
                            "10.77.0.30",
                            ServerFiles.LOCAL_ADDRESS);
            serve();
        } catch (RuntimeException | AssertionError e) {
            belongings.closeAfter(e);
            throw e;
        }
    }

    /**
     * All three, with both servers listening.
     *
     * @throws UnavailableException where there is no User-Mode Linux, or no PoPToP
     */
    static Machines open() throws UnavailableException, IOException {
        for (Path program : new Path[] {KERNEL, RIVAL}) {
            if (Files.notExists(program)) {
                throw new UnavailableException("there is no " + program);
            }
        }
        return new Machines();
    }

    private Guest boot(String device, String address) {
        ether.tap(device);
        ether.attach(device, "br0");
        return belongings.add(Guest.boot(ether, device, address + "/24", folder.path()));
    }

    private void serve() {
        client.awaitReady();
        client.expectSuccess(
                """
                modules=/usr/lib/uml/modules/$(uname -r)/kernel
                for module in drivers/net/ppp/pppox net/ipv4/gre drivers/net/ppp/pptp; do
                    insmod $modules/$module.ko
                done
                """);
        poptop.guest().awaitReady();
        PoptopServer.start(poptop.guest(), PoptopServer.Settings.with(PppdEncryption.MPPE_128));
        ours.guest().awaitReady();
        serveOurs();
        for (Peer peer : new Peer[] {poptop, ours}) {
            peer.guest().expectSuccess("TMPDIR=/run iperf3 -s >/run/iperf3.log 2>&1 &");
        }
    }

    /** With the launcher, as {@code ./run} does; a JVM of one processor is made to compile well. */
    private void serveOurs() {
        ServerFiles files = ServerFiles.in(folder.path());
        files.write();
        ours.guest()
                .expectSuccess(
                        START_LIMIT,
                        """
                        insmod /usr/lib/uml/modules/$(uname -r)/kernel/drivers/net/tun.ko
                        export JAVA_HOME=%s JDK_JAVA_OPTIONS=-XX:+AlwaysActAsServerClassMachine
                        setsid %s -f -c %s -o %s -p /run/pptpd.pid --ctl /run/pptpd.sock \
                            </dev/null >/run/pptpd.log 2>&1 &
                        exec 8<>/run/never
                        until grep -q event=ready /run/pptpd.log; do read -r -t 0.1 -u 8 || :; done
                        """
                                .formatted(
                                        System.getProperty("java.home"),
                                        ServerProcess.program(),
                                        files.confFile(),
                                        files.optionsFile()));
    }

    Guest client() {
        return client;
    }

    Peer poptop() {
        return poptop;
    }

    Peer ours() {
        return ours;
    }

    @Override
    public void close() {
        belongings.close();
    }
}
