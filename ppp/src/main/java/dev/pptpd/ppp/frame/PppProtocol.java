package dev.pptpd.ppp.frame;

/**
 * Protocol numbers. An open set: what is not here is answered with a Protocol-Reject.
 *
 * @spec https://www.iana.org/assignments/ppp-numbers PPP protocol numbers
 */
public final class PppProtocol {
    public static final int IPV4 = 0x0021;

    /** TCP over IPv4 whose headers have given way to what changed in them (RFC 1332). */
    public static final int VJ_COMPRESSED = 0x002D;

    /** TCP over IPv4 with the number of its connection in the protocol field (RFC 1332). */
    public static final int VJ_UNCOMPRESSED = 0x002F;

    public static final int IPV6 = 0x0057;

    /** Compressed datagram: the MPPE packets. */
    public static final int COMPRESSED = 0x00FD;

    public static final int IPCP = 0x8021;
    public static final int IPV6CP = 0x8057;
    public static final int CCP = 0x80FD;
    public static final int LCP = 0xC021;

    /** Microsoft's Callback Control Protocol. */
    public static final int CBCP = 0xC029;

    public static final int PAP = 0xC023;
    public static final int CHAP = 0xC223;
    public static final int EAP = 0xC227;

    private PppProtocol() {}

    /** Whether a number is that of a protocol by which one end logs in at the other. */
    public static boolean isLogin(int protocol) {
        return protocol == PAP || protocol == CHAP || protocol == EAP;
    }

    /** Whether a number is that of a control protocol whose packets have code and identifier. */
    public static boolean isControl(int protocol) {
        return switch (protocol) {
            case LCP, PAP, CHAP, EAP, CCP, IPCP, IPV6CP, CBCP -> true;
            default -> false;
        };
    }

    /** Whether a number belongs to a network layer or its control protocol (0xxx to BFFF). */
    public static boolean isNetworkPhase(int protocol) {
        return protocol < 0xC000;
    }
}
