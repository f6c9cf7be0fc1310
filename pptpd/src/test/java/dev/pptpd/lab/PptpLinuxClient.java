package dev.pptpd.lab;

import java.time.Duration;

/**
 * pptp-linux and pppd in a guest: the client of every Linux distribution, with MPPE done by the
 * guest's kernel. One session per guest at a time.
 */
public final class PptpLinuxClient {

    /** pppd's exit code when the peer refused our name or password. */
    public static final int REFUSED = 19;

    /** pptp-linux waits 1 s in every set-up; pppd gives up after 30 s of silence. */
    private static final Duration DIAL_LIMIT = Duration.ofSeconds(45);

    /**
     * The client itself has 15 s, pppd's 6 s for its Terminate-Request among them; then it tells.
     */
    private static final Duration END_LIMIT = Duration.ofSeconds(30);

    /** IPv4 as it is. */
    private static final String IPV4_ONLY = "novj novjccomp noipv6";

    private static final String DEVICE = "ppp0";
    private static final String LOG = "/run/vpn.log";
    private static final String PID_FILE = "/run/ppp-vpn.pid";

    /** {@code processes NAME...} writes the ids of those, without starting a process for it. */
    static final String PROCESSES =
            """
            processes() {
                for process in /proc/[0-9]*; do
                    read -r name 2>/dev/null <$process/comm || continue
                    case " $* " in *" $name "*) echo ${process#/proc/} ;; esac
                done
            }
            """;

    /** pppd, pptp's first process, its GRE gateway, its call manager. */
    private static final String ALL = "pppd pptp pptpgw pptpcm";

    private static final String CALL_MANAGER = "pptpcm";

    /** Waits until all have ended; after 15 s it tells who has not, and where that one waits. */
    private static final String AWAIT_END =
            """
            exec 8<>/run/never
            end=$((SECONDS + 15))
            while [ $SECONDS -lt $end ]; do
                left=$(processes %1$s)
                [ -n "$left" ] || exit 0
                read -r -t 0.05 -u 8 || :
            done
            for process in $left; do
                cd /proc/$process && head -n 3 status && head wchan stack syscall
            done
            tail -n 20 %2$s
            exit 1
            """
                    .formatted(ALL, LOG);

    private final Guest guest;
    private final String server;
    private final PppdEncryption encryption;
    private final String moreOptions;
    private final String network;

    /**
     * A client that is not connected yet and requires MPPE with 128 bits.
     *
     * @param server the address to dial
     */
    public PptpLinuxClient(Guest guest, String server) {
        this(guest, server, PppdEncryption.MPPE_128);
    }

    /** A client that accepts this encryption and no other. */
    public PptpLinuxClient(Guest guest, String server, PppdEncryption encryption) {
        this(guest, server, encryption, "");
    }

    /**
     * The same with more on pppd's command line.
     *
     * @param moreOptions words of pppd
     */
    public PptpLinuxClient(
            Guest guest, String server, PppdEncryption encryption, String moreOptions) {
        this(guest, server, encryption, moreOptions, IPV4_ONLY);
    }

    /**
     * The same with other words about network protocols.
     *
     * @param network in pppd's words
     */
    public PptpLinuxClient(
            Guest guest,
            String server,
            PppdEncryption encryption,
            String moreOptions,
            String network) {
        this.guest = guest;
        this.server = server;
        this.encryption = encryption;
        this.moreOptions = moreOptions;
        this.network = network;
    }

    /**
     * Dials, and returns when the network is up or pppd has given up.
     *
     * @return pppd's exit code (0: up) and its log
     */
    public CommandResult dial(String user, String password) {
        return startDialling(user, password).await();
    }

    /** Dials and returns at once, so that several clients can come together. */
    public Dialling startDialling(String user, String password) {
        Guest.Running pppd = guest.start(dialScript(user, password));
        return () -> pppd.await(DIAL_LIMIT);
    }

    /** A set-up under way. */
    public interface Dialling {

        /** Waits for what {@link #dial} returns. */
        CommandResult await();
    }

    private String dialScript(String user, String password) {
        return """
        rm -f %1$s
        pppd pty '/usr/sbin/pptp %2$s --nolaunchpppd' user '%3$s' password '%4$s' \
            noauth %5$s %6$s nobsdcomp nodeflate %7$s \
            nodefaultroute mtu 1400 mru 1400 \
            linkname vpn logfile %1$s debug updetach >/dev/null
        code=$?
        cat %1$s
        exit $code
        """
                .formatted(LOG, server, user, password, encryption.options(), moreOptions, network);
    }

    /** Dials and expects the network to come up. */
    public void connect(String user, String password) {
        CommandResult result = dial(user, password);
        if (!result.succeeded()) {
            throw new AssertionError("no connection: " + result);
        }
    }

    /** Sends the traffic for a network or host into the tunnel. */
    public void route(String destination) {
        guest.expectSuccess("ip route replace %s dev %s".formatted(destination, DEVICE));
    }

    /** The address that the server assigned. */
    public String address() {
        return guest.expectSuccess(
                "ip -4 -o address show dev %s | sed 's/.* inet \\([0-9.]*\\).*/\\1/'"
                        .formatted(DEVICE));
    }

    /** pppd's log of the last session, in full. */
    public String log() {
        return guest.expectSuccess("cat " + LOG);
    }

    /** Ends the session as a user does: Terminate-Request and Call-Clear-Request. */
    public void hangUp() {
        guest.expectSuccess("read -r pid <%s; kill -TERM $pid".formatted(PID_FILE));
        awaitEnd();
    }

    /** Waits until pppd and pptp have ended, whoever began it. */
    public void awaitEnd() {
        guest.expectSuccess(END_LIMIT, PROCESSES + AWAIT_END);
    }

    /**
     * Kills the process that holds the TCP connection: the server sees it closed, no more. pppd
     * does not notice; {@link #reset()} ends it.
     */
    public void killCallManager() {
        guest.expectSuccess(PROCESSES + "kill -KILL $(processes %s)\n".formatted(CALL_MANAGER));
    }

    /** Ends whatever is left of a session, so that the guest can serve the next test. */
    public void reset() {
        guest.expectSuccess(
                PROCESSES
                        + "for process in $(processes %s); do kill -KILL $process; done\n"
                                .formatted(ALL)
                        + "("
                        + AWAIT_END
                        + ") && rm -rf /run/pptp/*\n");
    }
}
