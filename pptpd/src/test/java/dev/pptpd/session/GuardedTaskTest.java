package dev.pptpd.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class GuardedTaskTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(GuardedTask.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void logsAMistakeOnceWithItsStack() {
        assertThat(new GuardedTask(GuardedTaskTest::mistake).isDone()).isFalse();

        assertThat(log.list)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getLevel()).isEqualTo(Level.ERROR);
                    assertThat(event.getFormattedMessage()).isEqualTo("event=internal-error");
                    assertThat(event.getThrowableProxy().getMessage()).isEqualTo("our mistake");
                });
    }

    @Test
    void saysNothingOfATaskThatIsDoneOrThatNobodyTakesAnyMore() {
        assertThat(new GuardedTask(() -> {}).isDone()).isTrue();
        assertThat(new GuardedTask(GuardedTaskTest::closed).isDone()).isFalse();

        assertThat(log.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.INFO));
    }

    private static void mistake() {
        throw new IllegalStateException("our mistake");
    }

    private static void closed() {
        throw new RejectedExecutionException();
    }
}
