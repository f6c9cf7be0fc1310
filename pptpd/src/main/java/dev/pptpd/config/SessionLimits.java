package dev.pptpd.config;

/**
 * When a session ends although both sides are well. 0 stands for no limit.
 *
 * @param idleSeconds time without IP packets
 * @param maxConnectSeconds time since the session came up
 * @param maxOctets what it may carry
 */
public record SessionLimits(int idleSeconds, int maxConnectSeconds, long maxOctets) {}
