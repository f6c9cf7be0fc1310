package dev.pptpd.config;

import dev.pptpd.ppp.ipcp.Ipv4Address;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of the key relay.
 *
 * @param host as it is written
 * @param address of the host
 * @param port 1..65535
 */
record RelayServerName(String host, Ipv4Address address, int port) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST_AND_PORT = Pattern.compile("([^:]+)(?::([0-9]{1,5}))?");
    private static final String EXPECTED =
            "an IPv4 address or a host name, and :PORT where that is not " + RelayConfig.PPTP_PORT;

    /**
     * The server; nothing when an error was found.
     *
     * @param listen where this relay listens, on port 1723
     */
    static Optional<RelayServerName> read(
            Setting setting, Ipv4Address listen, HostResolver resolver, Findings findings) {
        Matcher matcher = HOST_AND_PORT.matcher(setting.value());
        if (!matcher.matches()) {
            setting.error(findings, setting.shown() + " is not a server", EXPECTED);
            return Optional.empty();
        }
        String digits = matcher.group(2);
        int port = digits == null ? RelayConfig.PPTP_PORT : Integer.parseInt(digits);
        if (port < 1 || port > MAX_PORT) {
            setting.error(findings, "there is no port " + digits, "a port from 1 to " + MAX_PORT);
            return Optional.empty();
        }
        Optional<Ipv4Address> address = resolver.addressOrName(matcher.group(1));
        if (address.isEmpty()) {
            String problem = setting.shown() + " is neither an address nor a known host";
            setting.error(findings, problem, EXPECTED);
            return Optional.empty();
        }
        if (RelayConfig.isRelayItself(address.get(), port, listen, resolver)) {
            String problem = setting.shown() + " is this host, where the relay itself listens";
            setting.error(findings, problem, "another host, or another port of this one");
            return Optional.empty();
        }
        return Optional.of(new RelayServerName(matcher.group(1), address.get(), port));
    }
}
