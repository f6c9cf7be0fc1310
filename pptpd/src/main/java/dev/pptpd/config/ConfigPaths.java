package dev.pptpd.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** File names as they are written: relative ones begin at the file that names them. */
final class ConfigPaths {
    private ConfigPaths() {}

    static Path resolve(Word word) {
        return resolve(word.place(), word.text());
    }

    /** Names from the command line begin at the working directory. */
    static Path resolve(Place place, String name) {
        Path path = path(name);
        return place.isCommandLine()
                ? path
                : Path.of(place.file()).resolveSibling(path).normalize();
    }

    /** A NUL cannot be in a path, and then the file is not found under any other name either. */
    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            return Path.of(Word.shown(name).replace('\0', '?'));
        }
    }
}
