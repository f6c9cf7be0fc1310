package dev.pptpd.ppp.link;

/**
 * Frames that a link dropped.
 *
 * @param malformed without a protocol number or with a broken control packet
 * @param outOfPhase control packets of a layer that is not reached
 * @param clearText unencrypted IP where encryption is in force or required
 * @param undecryptable MPPE packets with any verdict but DECRYPTED
 */
public record LinkCounters(long malformed, long outOfPhase, long clearText, long undecryptable) {}
