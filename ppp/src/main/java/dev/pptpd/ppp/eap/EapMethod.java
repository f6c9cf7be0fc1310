package dev.pptpd.ppp.eap;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The methods of EAP that this end speaks, the strongest first. */
public enum EapMethod {
    /** Certificates on both sides; gives keys for MPPE. */
    TLS(13, "tls", "EAP-TLS"),

    /** MS-CHAPv2 in EAP packets; gives keys for MPPE. */
    MS_CHAP_V2(26, "mschapv2", "EAP-MSCHAPv2"),

    /** CHAP in EAP packets: no keys, and the server proves nothing. */
    MD5(4, "md5", "EAP-MD5");

    private final int type;
    private final String word;
    private final String label;

    EapMethod(int type, String word, String label) {
        this.type = type;
        this.word = word;
        this.label = label;
    }

    /** The Type octet of its packets. */
    public int type() {
        return type;
    }

    /** In configuration files and on command lines. */
    public String word() {
        return word;
    }

    /** In a log and in messages. */
    public String label() {
        return label;
    }

    /** Whether a login by it gives keys for MPPE. */
    public boolean givesKeys() {
        return this != MD5;
    }

    /** The method of a configuration's word; empty for others. */
    public static Optional<EapMethod> ofWord(String word) {
        return Arrays.stream(values()).filter(method -> method.word.equals(word)).findFirst();
    }

    /** The method of this list with this type; empty for others. */
    static Optional<EapMethod> ofType(int type, List<EapMethod> methods) {
        return methods.stream().filter(method -> method.type == type).findFirst();
    }
}
