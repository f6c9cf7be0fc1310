package dev.pptpd.gre.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void namesEveryConstantAsItIsWritten() throws IllegalAccessException {
        for (Field constant : Errno.class.getFields()) {
            assertThat(Errno.name(constant.getInt(null))).isEqualTo(constant.getName());
        }
        assertThat(Errno.name(133)).isEqualTo("errno 133");
    }

    @Test
    void isWhatAFailedCallReturns() {
        assertThat(Libc.close(-1)).isEqualTo(-Errno.EBADF);
        assertThat(Libc.read(-1, MemorySegment.NULL, 0)).isEqualTo(-Errno.EBADF);
        assertThat(Libc.socket(-1, 0, 0)).isEqualTo(-Errno.EAFNOSUPPORT);
    }

    @Test
    void turnsIntoAnExceptionThatNamesTheCall() throws ErrnoException {
        assertThat(ErrnoException.check(3, "open", "/x")).isEqualTo(3);
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> ErrnoException.check(-Errno.EACCES, "open", "/x"))
                .withMessage("open: EACCES: /x")
                .satisfies(failure -> assertThat(failure.call()).isEqualTo("open"));
    }
}
