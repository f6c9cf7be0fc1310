package dev.pptpd.config;

/**
 * What pptpd.conf says of the PPTP layer itself.
 *
 * @param hostName what the server calls itself, up to 64 characters of printable ASCII
 * @param vendorName who made it, in the same form
 * @param callsPerConnection how many calls one control connection may have at once, 1 to 65,535
 * @param sendsLinkInfo whether Set-Link-Info is sent
 * @param limitsSending whether to send no further ahead of the peer's acknowledgments than it asks
 * @param maximumHoldMillis how long a packet that overtook another waits for it at most, 0 to 1,000
 * @param offloads whether the kernel may hand over super-packets of many segments, and take them
 * @param readyDevices how many devices are made ahead of logins, 0 to 256
 */
public record PptpOptions(
        String hostName,
        String vendorName,
        int callsPerConnection,
        boolean sendsLinkInfo,
        boolean limitsSending,
        int maximumHoldMillis,
        boolean offloads,
        int readyDevices) {}
