package dev.pptpd.lab;

import java.time.Duration;

/**
 * Debian's PoPToP and pppd in a guest: the server that most clients of this protocol were made for.
 * Its files are in the guest's memory. It has one user, and ends with {@link #close()} or with the
 * guest.
 */
public final class PoptopServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(15);

    private static final String LOG = "/run/poptop-pppd.log";

    /** Port 1723 in state LISTEN, as /proc/net/tcp writes it. */
    private static final String LISTENING = ":06BB 00000000:0000 0A";

    /** The listener, its one process for each connection, and pppd. */
    private static final String PROCESSES = "pptpd pptpctrl pppd";

    private final Guest guest;

    private PoptopServer(Guest guest) {
        this.guest = guest;
    }

    /**
     * What it is told.
     *
     * @param encryption required of every client
     * @param localAddress its own end of every tunnel
     * @param remoteAddresses the clients' ends, such as {@code 10.98.0.10-20}
     * @param moreOptions further words of pppd's options file, such as {@code ms-dns 10.98.0.53}
     */
    public record Settings(
            PppdEncryption encryption,
            String user,
            String password,
            String localAddress,
            String remoteAddresses,
            String moreOptions) {

        /** User {@code vpn} with password {@code secret}, addresses 10.98.0.10 to 20. */
        public static Settings with(PppdEncryption encryption) {
            return new Settings(
                    encryption,
                    ServerFiles.USER,
                    ServerFiles.PASSWORD,
                    "10.98.0.1",
                    "10.98.0.10-20",
                    "");
        }

        public Settings andOptions(String words) {
            return new Settings(encryption, user, password, localAddress, remoteAddresses, words);
        }
    }

    /** Starts it and returns when it listens at every address of the guest. */
    public static PoptopServer start(Guest guest, Settings settings) {
        guest.expectSuccess(START_LIMIT, script(settings));
        return new PoptopServer(guest);
    }

    private static String script(Settings settings) {
        return """
        cat >/run/poptop.conf <<END
        option /run/poptop.options
        ppp /usr/sbin/pppd
        localip %1$s
        remoteip %2$s
        END
        cat >/run/poptop.options <<END
        name pptpd
        refuse-pap
        refuse-chap
        refuse-mschap
        require-mschap-v2
        %3$s
        nobsdcomp
        nodeflate
        novj
        novjccomp
        noipv6
        nodefaultroute
        nologfd
        logfile %4$s
        debug
        %5$s
        END
        echo "%6$s pptpd %7$s *" >/etc/ppp/chap-secrets
        chmod 600 /etc/ppp/chap-secrets
        /usr/sbin/pptpd --conf /run/poptop.conf --pidfile /run/poptop.pid
        exec 8<>/run/never
        until grep -q '%8$s' /proc/net/tcp; do read -r -t 0.05 -u 8 || :; done
        """
                .formatted(
                        settings.localAddress(),
                        settings.remoteAddresses(),
                        settings.encryption().options().replace(' ', '\n'),
                        LOG,
                        settings.moreOptions(),
                        settings.user(),
                        settings.password(),
                        LISTENING);
    }

    /** What the pppds of all sessions so far have written. */
    public String log() {
        return guest.run("cat " + LOG).output();
    }

    /** The names of the sessions' devices, which are those of the guest. */
    public String devices() {
        return guest.expectSuccess("ls /sys/class/net | grep ppp || :");
    }

    /** Ends it and all its sessions without a word to the clients. */
    @Override
    public void close() {
        guest.expectSuccess(
                PptpLinuxClient.PROCESSES
                        + "for process in $(processes %s); do kill -KILL $process; done\n"
                                .formatted(PROCESSES)
                        + "rm -f %s\n".formatted(LOG));
    }
}
