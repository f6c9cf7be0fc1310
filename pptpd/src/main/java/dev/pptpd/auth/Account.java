package dev.pptpd.auth;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Whether a user who knows the password may come in.
 *
 * @param disabled nobody comes in with it
 * @param noDialin it is for other things than this server
 * @param passwordExpired the password has to be changed first
 * @param lastDay the last day on which it is good; empty for ever
 * @param hours when it may be used; empty for always
 */
public record Account(
        boolean disabled,
        boolean noDialin,
        boolean passwordExpired,
        Optional<LocalDate> lastDay,
        List<LoginHours> hours) {
    /** Open at all times. */
    public static final Account OPEN =
            new Account(false, false, false, Optional.empty(), List.of());

    /** Copies the list. */
    public Account {
        hours = List.copyOf(hours);
    }

    /** The same once the password has been changed. */
    Account withNewPassword() {
        return new Account(disabled, noDialin, false, lastDay, hours);
    }

    /** What keeps the user out, the most lasting reason first; empty for nothing. */
    Optional<LoginFault> fault(LocalDateTime now) {
        if (disabled) {
            return Optional.of(LoginFault.DISABLED);
        }
        if (lastDay.filter(day -> now.toLocalDate().isAfter(day)).isPresent()) {
            return Optional.of(LoginFault.ACCOUNT_EXPIRED);
        }
        if (noDialin) {
            return Optional.of(LoginFault.NO_DIALIN);
        }
        if (!hours.isEmpty() && hours.stream().noneMatch(span -> span.contains(now))) {
            return Optional.of(LoginFault.OUTSIDE_HOURS);
        }
        return passwordExpired ? Optional.of(LoginFault.PASSWORD_EXPIRED) : Optional.empty();
    }
}
