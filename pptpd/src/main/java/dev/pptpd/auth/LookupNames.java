package dev.pptpd.auth;

import java.util.ArrayList;
import java.util.List;

/**
 * Under which names a user is looked for in a secrets file.
 *
 * @param stripDomain also without what stands before the last backslash: {@code DOMAIN\}{@code
 *     user}
 * @param stripRealm also without what stands behind the last at sign: {@code user@realm}
 */
public record LookupNames(boolean stripDomain, boolean stripRealm) {
    /** As the peer sent it, and in no other way. */
    public static final LookupNames FULL = new LookupNames(false, false);

    /** The names to look for, one after another: the full one first. */
    List<String> of(String sent) {
        List<String> names = new ArrayList<>();
        names.add(sent);
        if (stripDomain) {
            names.add(sent.substring(sent.lastIndexOf('\\') + 1));
        }
        if (stripRealm) {
            for (String name : List.copyOf(names)) {
                int at = name.lastIndexOf('@');
                names.add(at < 0 ? name : name.substring(0, at));
            }
        }
        return names.stream().distinct().toList();
    }
}
