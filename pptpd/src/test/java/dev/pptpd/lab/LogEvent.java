package dev.pptpd.lab;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the server's log that carries an event: {@code event=NAME key=value key="two words"}.
 * This is the one place of the tests that knows how the server writes.
 *
 * @param name the value of {@code event}
 * @param fields every pair of the line, {@code event} included
 */
public record LogEvent(String name, Map<String, String> fields) {

    /** Sockets are open: clients may come. */
    public static final String READY = "ready";

    /** A session's network is open. */
    public static final String SESSION_UP = "session-up";

    /** A session that was up has ended. */
    public static final String SESSION_END = "session-end";

    /** A peer gave a wrong name or password. */
    public static final String LOGIN_FAILED = "login-failed";

    private static final Pattern PAIR = Pattern.compile("([\\w.-]+)=(?:\"([^\"]*)\"|(\\S*))");

    public LogEvent {
        fields = Map.copyOf(fields);
    }

    /** Reads a line of the log; empty when it carries no event. */
    public static Optional<LogEvent> decode(String line) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = PAIR.matcher(line);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            fields.put(matcher.group(1), quoted == null ? matcher.group(3) : quoted);
        }
        return Optional.ofNullable(fields.get("event")).map(name -> new LogEvent(name, fields));
    }

    /** The value of a key, or the empty text when the line does not have it. */
    public String field(String key) {
        return fields.getOrDefault(key, "");
    }

    public String session() {
        return field("session");
    }

    public String peer() {
        return field("peer");
    }

    public String user() {
        return field("user");
    }

    /** The address that the client was given. */
    public String ip() {
        return field("ip");
    }

    /** The device of the session, {@code pppN}. */
    public String device() {
        return field("interface");
    }

    public String reason() {
        return field("reason");
    }
}
