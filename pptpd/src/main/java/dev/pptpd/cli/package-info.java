/** What the commands have in common about their arguments. */
@NullMarked
package dev.pptpd.cli;

import org.jspecify.annotations.NullMarked;
