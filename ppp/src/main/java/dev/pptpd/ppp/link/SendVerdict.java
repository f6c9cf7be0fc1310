package dev.pptpd.ppp.link;

/** What to do with an IP packet that is to be sent. */
public enum SendVerdict {
    /** The buffer holds the finished frame. */
    READY,
    /** Encrypt with {@link PppLink#encryptor}, then {@link PppLink#completeEncrypted}. */
    ENCRYPT,
    /** The link does not carry IP now. */
    DROPPED
}
