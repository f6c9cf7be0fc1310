package dev.pptpd.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A gateway between two networks, which forwards and translates nothing until it is given rules:
 * those of docs/nat, word by word.
 *
 * <pre>
 *   inside 192.168.7.0/24                               outside 203.0.113.0/24
 *   hosts and guests .N --- in0 .1 [gateway] out0 .1 --- hosts and guests .N
 * </pre>
 *
 * Only those inside know the way to the other side, as it is at home and in the office.
 */
public final class NatGateway implements AutoCloseable {
    private static final Path RULES = Path.of("..", "docs", "nat");

    private final Namespace gateway = Namespace.create("gateway");
    private final List<Namespace> hosts = new ArrayList<>();

    /** One of its two networks. */
    public enum Side {
        INSIDE("in0", "192.168.7."),
        OUTSIDE("out0", "203.0.113.");

        private final String bridge;
        private final String network;

        Side(String bridge, String network) {
            this.bridge = bridge;
            this.network = network;
        }

        /** The address of the host with that number; the gateway has number 1. */
        public String address(int number) {
            return network + number;
        }
    }

    /** A gateway without neighbours. */
    public NatGateway() {
        for (Side side : Side.values()) {
            gateway.bridge(side.bridge);
            gateway.address(side.bridge, side.address(1) + "/24");
        }
        gateway.forwardIpv4();
    }

    /** A host of the numbers, 2 to 254; all of them its own addresses. */
    public Namespace host(Side side, int... numbers) {
        Namespace host = Namespace.create(side.bridge + "-" + numbers[0]);
        hosts.add(host);
        String device = side.bridge + "v" + numbers[0];
        gateway.veth(device, host, "eth0");
        gateway.attach(device, side.bridge);
        for (int number : numbers) {
            host.address("eth0", side.address(number) + "/24");
        }
        if (side == Side.INSIDE) {
            host.route("default", side.address(1));
        }
        return host;
    }

    /** A guest that begins to boot, to be closed by the caller before the gateway. */
    Guest guest(Side side, int number, Path folder) {
        String device = side.bridge + "t" + number;
        gateway.tap(device);
        gateway.attach(device, side.bridge);
        return Guest.boot(gateway, device, side.address(number) + "/24", folder);
    }

    /** Shows a guest of the inside the way to the outside; waits for the end of its boot. */
    static void showWayOut(Guest guest) {
        guest.expectSuccess("ip route replace default via " + Side.INSIDE.address(1));
    }

    /** Forgets all rules and connections, and follows the rules of these files. */
    public void follow(String... files) {
        gateway.command("nft", "flush", "ruleset").expectSuccess();
        for (String file : files) {
            String rules = RULES.resolve(file).toAbsolutePath().normalize().toString();
            // The backend is named, because "nft flush ruleset" empties no other.
            if (file.endsWith(".iptables")) {
                gateway.command("iptables-nft-restore", rules).expectSuccess();
            } else {
                gateway.command("nft", "-f", rules).expectSuccess();
            }
        }
        gateway.command("conntrack", "-F").expectSuccess();
    }

    @Override
    public void close() {
        hosts.forEach(Namespace::close);
        gateway.close();
    }
}
