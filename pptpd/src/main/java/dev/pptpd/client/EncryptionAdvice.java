package dev.pptpd.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which flag could help where two ends do not agree to MPPE, by what the link says of it. Pure. */
final class EncryptionAdvice {
    /** As the link tells what both sides want, in the bits of RFC 3078 section 2.1. */
    private static final Pattern PEER_OFFERS = Pattern.compile("the peer offers ([0-9A-F]{8})");

    private static final int STATELESS = 0x0100_0000;
    private static final int BITS_128 = 0x40;
    private static final int BITS_56 = 0x80;
    private static final int BITS_40 = 0x20;
    private static final int ALL_KEYS = BITS_128 | BITS_56 | BITS_40;
    private static final int HEX = 16;

    private EncryptionAdvice() {}

    /** Goes on with a sentence, or is empty where no flag is known to help. */
    static String of(EncryptionDemand demand, String detail) {
        if (detail.contains("no login has given keys")) {
            return "; a login by mschap-v2, mschap or eap gives keys for it";
        }
        Matcher offer = PEER_OFFERS.matcher(detail);
        int bits = offer.find() ? Integer.parseUnsignedInt(offer.group(1), HEX) : 0;
        int keys = bits & ALL_KEYS;
        if (detail.contains("rejects CCP") || detail.contains("offers no MPPE")) {
            return demand == EncryptionDemand.PREFERRED
                    ? ""
                    : "; it has none, and --prefer-mppe or --no-mppe goes without";
        }
        if (keys == 0) {
            return "";
        }
        if ((keys & wanted(demand)) == 0) {
            return "; --require-mppe takes the keys of other lengths that it has";
        }
        return (bits & STATELESS) == 0 ? "; --mppe-stateful takes the mode that it has" : "";
    }

    private static int wanted(EncryptionDemand demand) {
        return switch (demand) {
            case ONLY_128 -> BITS_128;
            case ONLY_56 -> BITS_56;
            case ONLY_40 -> BITS_40;
            case ANY_STRENGTH, PREFERRED, NONE -> ALL_KEYS;
        };
    }
}
