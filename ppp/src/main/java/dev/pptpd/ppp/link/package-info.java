/** One PPP link: phases, control protocols and the path of its data frames. */
@NullMarked
package dev.pptpd.ppp.link;

import org.jspecify.annotations.NullMarked;
