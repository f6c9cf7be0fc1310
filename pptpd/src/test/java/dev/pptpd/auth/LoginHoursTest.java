package dev.pptpd.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoginHoursTest {
    /** 2026-11-16 is a Monday. */
    @ParameterizedTest
    @CsvSource({
        "Mo-Fr/08:00-18:00, 2026-11-16T08:00, true",
        "Mo-Fr/08:00-18:00, 2026-11-16T07:59, false",
        "Mo-Fr/08:00-18:00, 2026-11-20T17:59, true",
        "Mo-Fr/08:00-18:00, 2026-11-20T18:00, false",
        "Mo-Fr/08:00-18:00, 2026-11-21T12:00, false",
        "Sa/09:00-12:00, 2026-11-21T09:00, true",
        "Sa/09:00-12:00, 2026-11-22T09:00, false",
        "Sa-Mo/00:00-24:00, 2026-11-22T23:59, true",
        "Sa-Mo/00:00-24:00, 2026-11-16T00:00, true",
        "Sa-Mo/00:00-24:00, 2026-11-17T00:00, false",
        "08:00-18:00, 2026-11-22T12:00, true",
        "Fr/22:00-06:00, 2026-11-20T23:00, true",
        "Fr/22:00-06:00, 2026-11-21T05:59, true",
        "Fr/22:00-06:00, 2026-11-21T06:00, false",
        "Fr/22:00-06:00, 2026-11-20T05:00, false",
        "Su/22:00-06:00, 2026-11-16T03:00, true"
    })
    void containsTheMomentsOfItsSpan(String hours, LocalDateTime moment, boolean contained) {
        assertThat(LoginHours.parse(hours).orElseThrow().contains(moment)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mo",
                "Mo/",
                "Mo-Fr",
                "08:00",
                "8:00-9:00",
                "08:00-08:00",
                "24:00-06:00",
                "08:60-09:00",
                "08:00-24:01",
                "25:00-26:00",
                "08:00-00:00",
                "Mon/08:00-09:00",
                "mo/08:00-09:00",
                "Xx/08:00-09:00",
                "Mo-Xx/08:00-09:00",
                "Mo/08:00-09:00 ",
                "Mo/08.00-09.00"
            })
    void isNotReadFromAnythingElse(String text) {
        assertThat(LoginHours.parse(text)).isEmpty();
    }
}
