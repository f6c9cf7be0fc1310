package dev.pptpd.lab;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * pptp-linux in a guest, with a user and an address in the tunnel of its own: what it sends can be
 * told from what others send.
 *
 * @param neighbour the address of a machine beside the guest's Ethernet, see {@link
 *     IdentityEcho#script}
 */
record KnownClient(
        String user, String address, Guest guest, PptpLinuxClient pptp, String neighbour) {

    /**
     * @param number 2 to 254, which no other client of the server has
     * @param server the address to dial
     */
    static KnownClient of(int number, Guest guest, String server, String neighbour) {
        PptpLinuxClient pptp = new PptpLinuxClient(guest, server);
        return new KnownClient("vpn" + number, "10.99.1." + number, guest, pptp, neighbour);
    }

    /** Both at once; both get their addresses. */
    static void connectBoth(KnownClient first, KnownClient second) {
        PptpLinuxClient.Dialling dialling = second.startDialling();
        first.connect();
        CommandResult result = dialling.await();
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(first.pptp.address()).isEqualTo(first.address);
        assertThat(second.pptp.address()).isEqualTo(second.address);
    }

    /** What makes it known to the server. */
    String secretsLine() {
        return "%s * %s %s".formatted(user, ServerFiles.PASSWORD, address);
    }

    PptpLinuxClient.Dialling startDialling() {
        return pptp.startDialling(user, ServerFiles.PASSWORD);
    }

    void connect() {
        pptp.connect(user, ServerFiles.PASSWORD);
    }

    /** The script that sends so many datagrams with its name to an {@link IdentityEcho}. */
    String echoes(int datagrams) {
        return IdentityEcho.script(user, ServerFiles.LOCAL_ADDRESS, neighbour, datagrams);
    }
}
