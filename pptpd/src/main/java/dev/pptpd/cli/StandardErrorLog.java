package dev.pptpd.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.Reporter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The log of a command: by Logback, to standard error, a line for each event.
 *
 * <p>SLF4J is told of this class by name. Left to itself it searches all jars for a provider, which
 * then searches them for a configuration in XML, and that takes a start 0.15 s of CPU time.
 */
public final class StandardErrorLog implements SLF4JServiceProvider {
    private static final String NEWEST_API = "2.0.99";

    private static final String OWN_PACKAGES = "dev.pptpd";

    private final LoggerContext loggers = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter diagnosticContext = new LogbackMDCAdapter();

    /** For SLF4J. */
    public StandardErrorLog() {}

    /**
     * Makes this the log of the process. To be called first of all: once there is a logger, of
     * whatever class, it is too late.
     */
    public static void use() {
        System.setProperty(LoggerFactory.PROVIDER_PROPERTY_KEY, StandardErrorLog.class.getName());
        // Else it says on standard error that it has been told.
        System.setProperty(Reporter.SLF4J_INTERNAL_VERBOSITY_KEY, "WARN");
    }

    /**
     * Settles how much it shows, as soon as that is known.
     *
     * @param debug whether the negotiation, too
     */
    public static void show(boolean debug) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            loggers.getLogger(OWN_PACKAGES).setLevel(debug ? Level.DEBUG : Level.INFO);
        }
    }

    @Override
    public void initialize() {
        loggers.setName("pptpd");
        loggers.setMDCAdapter(diagnosticContext);
        Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(standardError());
        loggers.getLogger(OWN_PACKAGES).setLevel(Level.INFO);
        loggers.start();
    }

    private ConsoleAppender<ILoggingEvent> standardError() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(loggers);
        encoder.setPattern("%date{yyyy-MM-dd HH:mm:ss.SSS} %-5level %message%n%ex");
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(loggers);
        appender.setTarget(ConsoleTarget.SystemErr.getName());
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return diagnosticContext;
    }

    @Override
    public String getRequestedApiVersion() {
        return NEWEST_API;
    }
}
