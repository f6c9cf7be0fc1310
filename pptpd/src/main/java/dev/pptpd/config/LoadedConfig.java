package dev.pptpd.config;

import dev.pptpd.auth.ChapSecrets;
import java.util.List;
import java.util.Optional;

/** What became of the administrator's files. */
public sealed interface LoadedConfig {
    /** To be logged, whether or not the server starts. */
    List<ConfigWarning> warnings();

    /**
     * The server can start.
     *
     * @param secrets owned by the caller
     * @param papSecrets those of logins by PAP, where they have a file of their own; the same
     * @param notes what {@code --check-config} says besides
     */
    record Ready(
            ServerConfig config,
            ChapSecrets secrets,
            Optional<ChapSecrets> papSecrets,
            List<ConfigWarning> warnings,
            List<ConfigWarning> notes)
            implements LoadedConfig {
        public Ready {
            warnings = List.copyOf(warnings);
            notes = List.copyOf(notes);
        }
    }

    /** A relay can start: no PPP, so no options file and no secrets were read. */
    record Relaying(RelayConfig config, List<ConfigWarning> warnings) implements LoadedConfig {
        public Relaying {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The server must not start.
     *
     * @param errors at least one, file by file and in the order of lines
     */
    record Refused(List<ConfigError> errors, List<ConfigWarning> warnings) implements LoadedConfig {
        public Refused {
            errors = List.copyOf(errors);
            warnings = List.copyOf(warnings);
        }
    }
}
