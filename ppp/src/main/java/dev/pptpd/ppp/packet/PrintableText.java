package dev.pptpd.ppp.packet;

import java.nio.charset.StandardCharsets;

/** Text of the peer as it may stand in a log line: nothing in it can end a field or a line. */
public final class PrintableText {
    private PrintableText() {}

    /**
     * The octets from an offset on, as printable ASCII; quotation marks, backslashes and anything
     * else become {@code \}{@code xNN}.
     *
     * @param from within the octets or just behind them
     * @param maxOctets more than these are cut off
     */
    public static String of(byte[] octets, int from, int maxOctets) {
        int length = Math.min(octets.length - from, maxOctets);
        String text = new String(octets, from, length, StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                out.append(c);
            } else {
                out.append(String.format("\\x%02X", (int) c));
            }
        }
        return out.toString();
    }
}
