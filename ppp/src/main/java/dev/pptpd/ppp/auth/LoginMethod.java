package dev.pptpd.ppp.auth;

import dev.pptpd.ppp.frame.PppProtocol;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The ways to log in that this end speaks, the strongest first: that is the order in which a server
 * asks for them.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc1661#section-6.2 RFC 1661 section 6.2
 */
public enum LoginMethod {
    EAP("EAP", PppProtocol.EAP, "c227"),
    MS_CHAP_V2("MS-CHAPv2", PppProtocol.CHAP, "c22381"),
    MS_CHAP_V1("MS-CHAPv1", PppProtocol.CHAP, "c22380"),
    CHAP_MD5("CHAP-MD5", PppProtocol.CHAP, "c22305"),
    PAP("PAP", PppProtocol.PAP, "c023");

    /** The longest number known; more octets tell an operator nothing. */
    private static final int SHOWN_OCTETS = 3;

    private final String label;
    private final int protocol;
    private final String option;

    LoginMethod(String label, int protocol, String option) {
        this.label = label;
        this.protocol = protocol;
        this.option = option;
    }

    /** In a log and in messages. */
    public String label() {
        return label;
    }

    /** Whether a login gives keys for MPPE; with EAP that is for its own method to say. */
    public boolean givesKeys() {
        return switch (this) {
            case EAP, MS_CHAP_V2, MS_CHAP_V1 -> true;
            case CHAP_MD5, PAP -> false;
        };
    }

    /** The protocol number of its packets. */
    public int protocol() {
        return protocol;
    }

    /** The data of the Authentication-Protocol option that asks for it. */
    public byte[] optionData() {
        return HexFormat.of().parseHex(option);
    }

    /** The method that the data of an Authentication-Protocol option asks for; empty for others. */
    public static Optional<LoginMethod> ofOption(byte[] data) {
        String number = HexFormat.of().formatHex(data);
        return Arrays.stream(values()).filter(method -> method.option.equals(number)).findFirst();
    }

    /** The name of what an Authentication-Protocol option asks for, else its octets. */
    public static String describe(byte[] data) {
        byte[] start = Arrays.copyOf(data, Math.min(data.length, SHOWN_OCTETS));
        return ofOption(start).map(LoginMethod::label).orElseGet(() -> describeForeign(start));
    }

    private static String describeForeign(byte[] data) {
        String number = HexFormat.of().formatHex(data);
        return switch (number) {
            case "c027" -> "SPAP";
            default -> "authentication protocol 0x" + number;
        };
    }
}
