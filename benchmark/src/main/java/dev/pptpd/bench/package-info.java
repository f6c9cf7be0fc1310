/**
 * The bench: what this server is compared with and measured against, in one run: {@code ./bench}.
 */
@NullMarked
package dev.pptpd.bench;

import org.jspecify.annotations.NullMarked;
