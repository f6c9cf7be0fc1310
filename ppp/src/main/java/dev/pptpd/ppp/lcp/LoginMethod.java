package dev.pptpd.ppp.lcp;

import dev.pptpd.ppp.option.Option;
import java.util.HexFormat;

/**
 * The names of the login methods, for the log.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-6.2 RFC 1661 section 6.2
 */
final class LoginMethod {
    /** The longest number known; more octets tell an operator nothing. */
    private static final int SHOWN_OCTETS = 3;

    private LoginMethod() {}

    /** The name of what an Authentication-Protocol option asks for, else its octets. */
    static String describe(Option option) {
        byte[] data = option.data();
        String number = HexFormat.of().formatHex(data, 0, Math.min(data.length, SHOWN_OCTETS));
        return switch (number) {
            case "c023" -> "PAP";
            case "c027" -> "SPAP";
            case "c22305" -> "CHAP-MD5";
            case "c22380" -> "MS-CHAPv1";
            case "c22381" -> "MS-CHAPv2";
            case "c227" -> "EAP";
            default -> "authentication protocol 0x" + number;
        };
    }
}
