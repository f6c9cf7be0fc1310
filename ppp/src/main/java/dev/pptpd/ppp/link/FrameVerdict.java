package dev.pptpd.ppp.link;

/** What a received frame is. */
public enum FrameVerdict {
    /** The buffer holds an IPv4 packet between position and limit. */
    IPV4,
    /** The buffer holds an IPv6 packet between position and limit. */
    IPV6,
    /**
     * The buffer begins at an MPPE header: decrypt with {@link PppLink#decryptor}, then {@link
     * PppLink#decrypted}.
     */
    ENCRYPTED,
    /** The link took it; there may be actions. */
    CONSUMED,
    /** Not acceptable now; counted. */
    DROPPED;

    /** Whether the buffer holds an IP packet. */
    public boolean isPacket() {
        return this == IPV4 || this == IPV6;
    }
}
