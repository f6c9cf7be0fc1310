/** Who may log in: secrets, and the addresses that come with them. */
@NullMarked
package dev.pptpd.auth;

import org.jspecify.annotations.NullMarked;
