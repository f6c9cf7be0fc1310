package dev.pptpd.ppp.notation;

import dev.pptpd.ppp.frame.PppProtocol;
import dev.pptpd.ppp.ipcp.Ipv4Address;
import dev.pptpd.ppp.option.Option;
import java.util.HexFormat;

/**
 * The inside of an option's brackets. An option that is unknown, or that has not the length its
 * type has, is shown as {@code opt 0x17} and its octets.
 */
final class OptionNotation {
    private static final int CHAP_OCTETS = 3;
    private static final HexFormat DOTTED = HexFormat.ofDelimiter(".");
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private OptionNotation() {}

    static void describe(int protocol, Option option, NotationLine line) {
        boolean known =
                switch (protocol) {
                    case PppProtocol.LCP -> lcp(option, line);
                    case PppProtocol.CCP -> ccp(option, line);
                    case PppProtocol.IPCP -> ipcp(option, line);
                    case PppProtocol.IPV6CP -> ipv6cp(option, line);
                    default -> false;
                };
        if (!known) {
            line.add("opt ").hexNumber(option.type()).hex(option.data(), 0);
        }
    }

    private static boolean lcp(Option option, NotationLine line) {
        return switch (option.type()) {
            case 1 -> number("mru", option, line);
            case 2 -> hexNumber("asyncmap", option, line);
            case 3 -> authentication(option, line);
            case 4 -> quality(option, line);
            case 5 -> hexNumber("magic", option, line);
            case 7 -> flag("pcomp", option, line);
            case 8 -> flag("accomp", option, line);
            case 13 -> callback(option, line);
            case 17 -> number("mrru", option, line);
            case 18 -> flag("ssnhf", option, line);
            case 19 -> endpoint(option, line);
            default -> false;
        };
    }

    private static boolean ccp(Option option, NotationLine line) {
        byte[] data = option.data();
        return switch (option.type()) {
            case 1 -> flag("predictor 1", option, line);
            case 2 -> flag("predictor 2", option, line);
            case 18 -> data.length == 4 && mppe(option.intValue(), line);
            case 21 ->
                    data.length == 1
                            && say(
                                    line,
                                    "bsd v" + ((data[0] & 0xFF) >> 5) + " " + (data[0] & 0x1F));
            case 24 -> data.length == 2 && say(line, "deflate(old#) " + window(data[0]));
            case 26 -> data.length == 2 && say(line, "deflate " + window(data[0]));
            default -> false;
        };
    }

    private static boolean ipcp(Option option, NotationLine line) {
        byte[] data = option.data();
        return switch (option.type()) {
            case 1 ->
                    data.length == 8
                            && say(line, "addrs " + address(data, 0) + " " + address(data, 4));
            case 2 -> compression(data, line);
            case 3 -> address("addr", option, line);
            case 129 -> address("ms-dns1", option, line);
            case 131 -> address("ms-dns2", option, line);
            // pppd tells these two not apart either
            case 130, 132 -> address("ms-wins", option, line);
            default -> false;
        };
    }

    private static boolean ipv6cp(Option option, NotationLine line) {
        byte[] data = option.data();
        return option.type() == 1
                && data.length == 8
                && say(line, "addr fe80:" + group(data, 0) + group(data, 2))
                && say(line, group(data, 4) + group(data, 6));
    }

    private static String group(byte[] data, int at) {
        return ":" + Integer.toHexString(pair(data, at));
    }

    private static boolean authentication(Option option, NotationLine line) {
        byte[] data = option.data();
        if (data.length < 2) {
            return false;
        }
        int method = pair(data, 0);
        if (method == PppProtocol.CHAP && data.length == CHAP_OCTETS) {
            return say(line, "auth chap " + chapAlgorithm(data[2] & 0xFF));
        }
        String name =
                switch (method) {
                    case 0xC023 -> "pap";
                    case 0xC227 -> "eap";
                    default -> "0x" + Integer.toHexString(method);
                };
        line.add("auth ").add(name).hex(data, 2);
        return true;
    }

    private static String chapAlgorithm(int algorithm) {
        return switch (algorithm) {
            case 5 -> "MD5";
            case 0x80 -> "MS";
            case 0x81 -> "MS-v2";
            default -> "0x" + Integer.toHexString(algorithm);
        };
    }

    private static boolean quality(Option option, NotationLine line) {
        byte[] data = option.data();
        if (data.length < 2) {
            return false;
        }
        int method = pair(data, 0);
        line.add(method == 0xC025 ? "quality lqr" : "quality 0x" + Integer.toHexString(method));
        line.hex(data, 2);
        return true;
    }

    private static boolean callback(Option option, NotationLine line) {
        byte[] data = option.data();
        if (data.length == 0) {
            return false;
        }
        line.add(
                        data[0] == 6
                                ? "callback CBCP"
                                : "callback 0x" + Integer.toHexString(data[0] & 0xFF))
                .hex(data, 1);
        return true;
    }

    private static boolean endpoint(Option option, NotationLine line) {
        byte[] data = option.data();
        if (data.length == 0 || data.length > 21) {
            return false;
        }
        String name =
                switch (data[0]) {
                    case 0 -> "null";
                    case 1 -> "local";
                    case 2 -> "IP";
                    case 3 -> "MAC";
                    case 4 -> "magic";
                    case 5 -> "phone";
                    default -> String.valueOf(data[0] & 0xFF);
                };
        HexFormat form = data[0] == 3 ? COLONS : DOTTED;
        String discriminator = name + ":" + form.formatHex(data, 1, data.length);
        return say(line, "endpoint [" + discriminator + "]");
    }

    /**
     * A sign for each bit; the whole in hex when there are more.
     *
     * @spec https://www.rfc-editor.org/rfc/rfc3078#section-2.1 RFC 3078 section 2.1
     */
    private static boolean mppe(int bits, NotationLine line) {
        line.add("mppe ").add(sign(bits, 0x0100_0000)).add("H ");
        line.add(sign(bits, 0x80)).add("M ").add(sign(bits, 0x40)).add("S ");
        line.add(sign(bits, 0x20)).add("L ").add(sign(bits, 0x10)).add("D ");
        line.add(sign(bits, 0x01)).add("C");
        boolean more = (bits & ~0x0100_00F1) != 0;
        return say(line, more ? " +U (" + HexFormat.of().toHexDigits(bits) + ")" : "");
    }

    private static String sign(int bits, int bit) {
        return (bits & bit) != 0 ? "+" : "-";
    }

    private static boolean compression(byte[] data, NotationLine line) {
        if (data.length < 2) {
            return false;
        }
        int method = pair(data, 0);
        line.add(method == 0x002D ? "compress VJ" : "compress 0x" + Integer.toHexString(method));
        line.hex(data, 2);
        return true;
    }

    private static boolean flag(String name, Option option, NotationLine line) {
        return option.dataOctets() == 0 && say(line, name);
    }

    private static boolean number(String name, Option option, NotationLine line) {
        return option.dataOctets() == 2 && say(line, name + " " + option.shortValue());
    }

    private static boolean hexNumber(String name, Option option, NotationLine line) {
        return option.dataOctets() == 4
                && say(line, name + " 0x" + Integer.toHexString(option.intValue()));
    }

    private static boolean address(String name, Option option, NotationLine line) {
        return option.dataOctets() == 4
                && say(line, name + " " + new Ipv4Address(option.intValue()));
    }

    private static Ipv4Address address(byte[] data, int at) {
        return new Ipv4Address(pair(data, at) << 16 | pair(data, at + 2));
    }

    private static int pair(byte[] data, int at) {
        return (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
    }

    private static int window(byte method) {
        return ((method & 0xFF) >> 4) + 8;
    }

    private static boolean say(NotationLine line, String text) {
        line.add(text);
        return true;
    }
}
