package dev.pptpd.ppp.eap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which method a server asks for next: those of its list, one after the other, which the peer has
 * not declined in this login. Not thread-safe.
 *
 * @spec https://www.rfc-editor.org/rfc/rfc3748#section-5.3.1 RFC 3748 section 5.3.1
 */
final class MethodOffer {
    private final List<EapMethod> methods;
    private final List<EapMethod> left = new ArrayList<>();

    /** An offer of these, the first one first; at least one. */
    MethodOffer(List<EapMethod> methods) {
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("a server without an EAP method");
        }
        this.methods = List.copyOf(methods);
    }

    /** A login begins: nothing is declined. */
    EapMethod first() {
        left.clear();
        left.addAll(methods);
        return left.getFirst();
    }

    /**
     * The peer does not take what it was asked for.
     *
     * @param running what that was
     * @param wanted the types that it would rather have
     * @return the first of those left that is among them; empty for none
     */
    Optional<EapMethod> declined(EapMethod running, byte[] wanted) {
        left.remove(running);
        return left.stream().filter(method -> isIn(wanted, method)).findFirst();
    }

    private static boolean isIn(byte[] wanted, EapMethod method) {
        for (byte type : wanted) {
            if ((type & 0xFF) == method.type()) {
                return true;
            }
        }
        return false;
    }

    /** What there is to say when none is left. */
    static String disagreement(byte[] wanted) {
        return wanted.length == 0 || wanted[0] == EapType.NONE
                ? "the peer takes no method of EAP that is offered"
                : "the peer wants EAP by " + EapType.describe(wanted[0] & 0xFF);
    }
}
