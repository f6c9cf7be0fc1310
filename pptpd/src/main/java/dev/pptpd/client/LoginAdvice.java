package dev.pptpd.client;

import dev.pptpd.config.AuthenticationMethod;
import dev.pptpd.ppp.auth.LoginMethod;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what to do about a login that was refused, by what the link says of it. Pure. */
final class LoginAdvice {
    private static final Pattern WANTED =
            Pattern.compile("the server wants a login by (.+), we offer .*");
    private static final Pattern ERROR = Pattern.compile("\\(error ([0-9]+)\\)");

    private LoginAdvice() {}

    /** One sentence about {@code detail}, the reason of the link. */
    static String of(String host, String detail) {
        Matcher wanted = WANTED.matcher(detail);
        if (wanted.find()) {
            return host + " lets nobody in our way (" + detail + ")" + way(wanted.group(1)) + ".";
        }
        String reason = detail.isEmpty() ? "" : " (" + detail + ")";
        Matcher error = ERROR.matcher(detail);
        return switch (error.find() ? error.group(1) : "") {
            case "646", "647", "649" ->
                    host + " knows the user and the password, and lets nobody in" + reason + ".";
            case "648" ->
                    host
                            + " wants another password"
                            + reason
                            + "; --new-password-file names the file of the new one.";
            case "709" ->
                    host
                            + " takes the password but not the new one"
                            + reason
                            + "; is it empty, the old one again, or too simple for the server?";
            default ->
                    detail.startsWith("TLS: ")
                            ? host
                                    + " and this client do not take each other's certificate"
                                    + reason
                                    + "."
                            : host + " refuses the user or the password" + reason + "; check both.";
        };
    }

    private static String way(String label) {
        Optional<AuthenticationMethod> method =
                Arrays.stream(AuthenticationMethod.values())
                        .filter(each ->
                                each.method().map(LoginMethod::label).equals(Optional.of(label)))
                        .findFirst();
        if (method.isEmpty()) {
            return "; this client does not know that login";
        }
        boolean givesKeys = method.flatMap(AuthenticationMethod::method).orElseThrow().givesKeys();
        return "; --login " + method.get().word() + (givesKeys ? "" : " --no-mppe") + " takes it";
    }
}
