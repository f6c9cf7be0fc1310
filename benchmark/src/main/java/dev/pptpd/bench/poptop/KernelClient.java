package dev.pptpd.bench.poptop;

import dev.pptpd.lab.Guest;
import dev.pptpd.lab.ServerFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One session of the client's guest, with MPPE-128: pppd with our plugin {@code kernel_client.c},
 * and all packets moved by the guest's kernel.
 */
final class KernelClient {
    private static final Duration UP_LIMIT = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);
    private static final Pattern UP = Pattern.compile("network up after (\\d+) us");
    private static final double MICROS_IN_SECOND = 1e6;

    private final Guest guest;
    private final String name;
    private final Guest.Running pppd;
    private final double upSeconds;

    private KernelClient(Guest guest, String name, Guest.Running pppd, double upSeconds) {
        this.guest = guest;
        this.name = name;
        this.pppd = pppd;
        this.upSeconds = upSeconds;
    }

    /** Dials, and returns when the network is up. */
    static KernelClient connect(Guest guest, Path plugin, Machines.Peer server) {
        String log = "/run/%s.log".formatted(server.name());
        guest.expectSuccess("rm -f " + log);
        Guest.Running pppd =
                guest.start(
                        """
                        exec pppd plugin %s pptp-server %s user %s password %s noauth \
                            require-mppe-128 nobsdcomp nodeflate novj novjccomp noipv6 \
                            nodefaultroute mtu 1400 mru 1400 linkname %s logfile %s debug nodetach
                        """
                                .formatted(
                                        plugin,
                                        server.address(),
                                        ServerFiles.USER,
                                        ServerFiles.PASSWORD,
                                        server.name(),
                                        log));
        String output =
                guest.expectSuccess(
                        UP_LIMIT,
                        """
                        exec 8<>/run/never
                        for try in {1..100}; do
                            log=
                            [ ! -e %1$s ] || log=$(<%1$s)
                            case $log in *'network up after'* | *Exit*) break ;; esac
                            read -r -t 0.1 -u 8 || :
                        done
                        echo "$log"
                        """
                                .formatted(log));
        Matcher up = UP.matcher(output);
        if (!up.find()) {
            throw new AssertionError("not up: " + output);
        }
        return new KernelClient(
                guest, server.name(), pppd, Long.parseLong(up.group(1)) / MICROS_IN_SECOND);
    }

    /** From its SYN to IPCP on both sides, by the client's clock. */
    double upSeconds() {
        return upSeconds;
    }

    /** Ends the session as a user does. */
    void hangUp() {
        guest.expectSuccess("read -r pid </run/ppp-%s.pid; kill -TERM $pid".formatted(name));
        pppd.await(END_LIMIT);
    }
}
