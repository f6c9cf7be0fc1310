/**
 * The laboratory of the integration tests: network namespaces, the built server as a separate
 * process, and real clients in User-Mode Linux guests. Everything made here ends with its owner's
 * {@code close()}, or with the JVM at the latest.
 */
@NullMarked
package dev.pptpd.lab;

import org.jspecify.annotations.NullMarked;
