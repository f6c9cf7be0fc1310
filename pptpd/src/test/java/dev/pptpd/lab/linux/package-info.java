/** The one system call of the laboratory: a thread enters a network namespace. */
@NullMarked
package dev.pptpd.lab.linux;

import org.jspecify.annotations.NullMarked;
