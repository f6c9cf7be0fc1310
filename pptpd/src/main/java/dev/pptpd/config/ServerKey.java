package dev.pptpd.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys of pptpd.conf. */
public enum ServerKey {
    OPTION("option", Treatment.ACTED),
    LOCALIP("localip", Treatment.ACTED),
    REMOTEIP("remoteip", Treatment.ACTED),
    LISTEN("listen", Treatment.ACTED),
    CONNECTIONS("connections", Treatment.ACTED),
    DEBUG("debug", Treatment.ACTED),
    PIDFILE("pidfile", Treatment.ACTED),
    STIMEOUT("stimeout", Treatment.ACTED),
    HOSTNAME("hostname", Treatment.ACTED),
    VENDOR("vendor", Treatment.ACTED),
    CALLSPERCONNECTION("callsperconnection", Treatment.ACTED),
    SETLINKINFO("setlinkinfo", Treatment.ACTED),
    SENDWINDOW("sendwindow", Treatment.ACTED),
    GREHOLDMAX("greholdmax", Treatment.ACTED),
    NOOFFLOAD("nooffload", Treatment.ACTED),
    READYDEVICES("readydevices", Treatment.ACTED),
    RELAY("relay", Treatment.ACTED),
    IPV6PREFIX("ipv6prefix", Treatment.ACTED),
    IPV6DNS("ipv6dns", Treatment.ACTED),
    BCRELAY("bcrelay", Treatment.ACTED),
    BCRELAYRATE("bcrelayrate", Treatment.ACTED),
    PPP("ppp", Treatment.IGNORED),
    SPEED("speed", Treatment.IGNORED),
    PTIMEOUT("ptimeout", Treatment.IGNORED),
    NOIPPARAM("noipparam", Treatment.NOT_YET),
    LOGWTMP("logwtmp", Treatment.NOT_YET),
    DELEGATE("delegate", Treatment.REFUSED),
    VRF("vrf", Treatment.REFUSED);

    /** What becomes of a key. */
    enum Treatment {
        /** The server does what it says. */
        ACTED,
        /** It speaks of pppd, which is not used. */
        IGNORED,
        /** This version can do without. */
        NOT_YET,
        /** Ignoring it would give sessions other addresses or another way. */
        REFUSED
    }

    private final String word;
    private final Treatment treatment;

    ServerKey(String word, Treatment treatment) {
        this.word = word;
        this.treatment = treatment;
    }

    /** The key as it is written. */
    public String word() {
        return word;
    }

    Treatment treatment() {
        return treatment;
    }

    /** Whether a value belongs to the key; what follows a flag is ignored. */
    boolean takesValue() {
        return switch (this) {
            case DEBUG, SETLINKINFO, SENDWINDOW, NOOFFLOAD, NOIPPARAM, LOGWTMP, DELEGATE -> false;
            case OPTION,
                    LOCALIP,
                    REMOTEIP,
                    LISTEN,
                    CONNECTIONS,
                    PIDFILE,
                    STIMEOUT,
                    HOSTNAME,
                    VENDOR,
                    CALLSPERCONNECTION,
                    GREHOLDMAX,
                    READYDEVICES,
                    RELAY,
                    IPV6PREFIX,
                    IPV6DNS,
                    PPP,
                    SPEED,
                    PTIMEOUT,
                    BCRELAY,
                    BCRELAYRATE,
                    VRF ->
                    true;
        };
    }

    static Optional<ServerKey> of(String word) {
        return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(ServerKey::word).toList();
    }
}
