package dev.pptpd;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that tells scripts, and the launcher, which process serves and that it is ready. */
final class PidFile {
    private static final Logger LOG = LoggerFactory.getLogger(PidFile.class);

    private final Path path;

    PidFile(Path path) {
        this.path = path;
    }

    void write() throws StartException {
        try {
            Files.writeString(path, ProcessHandle.current().pid() + "\n");
        } catch (IOException e) {
            throw new StartException(
                    ExitCode.CANNOT_CREATE,
                    "cannot write the pid file " + path + ": " + obstacle(e) + ".",
                    e);
        }
    }

    private static String obstacle(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "its folder does not exist";
            case AccessDeniedException _ -> "permission denied; --pidfile names another";
            default -> String.valueOf(e.getMessage());
        };
    }

    /** Removes the file if it is still ours. */
    void delete() {
        try {
            String own = String.valueOf(ProcessHandle.current().pid());
            if (Files.exists(path) && Files.readString(path).strip().equals(own)) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.debug("event=pid-file-left path={} detail=\"{}\"", path, e.getMessage());
        }
    }
}
