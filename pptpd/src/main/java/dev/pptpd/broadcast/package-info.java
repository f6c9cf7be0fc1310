/**
 * The broadcast relay: which packets that a host sends to everybody around it pass between a
 * network and the tunnels, and how they are kept from going round in circles. Pure.
 */
@NullMarked
package dev.pptpd.broadcast;

import org.jspecify.annotations.NullMarked;
