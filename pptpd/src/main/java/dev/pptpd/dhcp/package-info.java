/**
 * The Dynamic Host Configuration Protocol as far as a tunnel's end has use for it: a client that
 * has its address from IPCP asks for the rest by DHCPINFORM, and is answered. Pure.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc2131 RFC 2131
 */
@NullMarked
package dev.pptpd.dhcp;

import org.jspecify.annotations.NullMarked;
