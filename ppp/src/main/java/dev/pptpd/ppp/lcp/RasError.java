package dev.pptpd.ppp.lcp;

/**
 * What Windows means by the number in its Terminate-Request: what its user sees as "error 778".
 *
 * @spec https://learn.microsoft.com/en-us/windows/win32/rras/routing-and-remote-access-error-codes
 *     Routing and Remote Access Error Codes
 */
final class RasError {
    private RasError() {}

    /** The number in words; the number alone where it is not a known one. */
    static String describe(int number) {
        String words = words(number);
        return words.isEmpty() ? "RAS error " + number : "RAS error " + number + ", " + words;
    }

    private static String words(int number) {
        return switch (number) {
            case 619 -> "the connection could not be made";
            case 628, 629 -> "the connection was closed before it was complete";
            case 631 -> "the user hung up";
            case 638 -> "the request timed out";
            case 646 -> "the account may not log in at this time";
            case 647 -> "the account is disabled";
            case 648 -> "the password has expired";
            case 649 -> "the account may not dial in";
            case 650, 721 -> "no answer to its PPP requests";
            case 651, 692 -> "its device reported a fault";
            case 678 -> "no answer";
            case 691 -> "wrong name or password, or no common login method";
            case 708 -> "the account has expired";
            case 709 -> "the password could not be changed";
            case 718 -> "it waited too long for a PPP answer";
            case 719 -> "PPP was ended by the other side";
            case 720 -> "no network protocol could be agreed on";
            case 722 -> "a PPP packet made no sense to it";
            case 732 -> "the PPP negotiation came to no agreement";
            case 733 -> "the server does not have the network protocol it needs";
            case 734 -> "LCP ended: no common login method or encryption, as a rule";
            case 735 -> "the address it asked for was refused";
            case 736 -> "the network protocol was ended by the other side";
            case 737 -> "the line is looped";
            case 738 -> "it was given no address";
            case 739 -> "the server cannot use its kind of password";
            case 741 -> "it does not have the encryption that is demanded";
            case 742 -> "the server does not have the encryption that it demands";
            case 743 -> "the server demands encryption";
            case 778 -> "it could not verify who the server is";
            case 781 -> "it has no valid certificate";
            case 800 -> "the tunnel could not be made";
            case 806, 807 -> "GRE does not get through";
            case 812 -> "a policy of the server refused it";
            case 919 -> "the server asked for another login method than it may use";
            default -> "";
        };
    }
}
