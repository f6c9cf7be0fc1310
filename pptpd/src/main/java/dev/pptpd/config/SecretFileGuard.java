package dev.pptpd.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Refuses a file of secrets that others can read or change. */
final class SecretFileGuard {
    private static final int PERMISSION_BITS = 07777;
    private static final int GROUP_AND_OTHERS = 0077;

    private final Set<String> trustedOwners;
    private final Findings findings;

    SecretFileGuard(Set<String> trustedOwners, Findings findings) {
        this.trustedOwners = Set.copyOf(trustedOwners);
        this.findings = findings;
    }

    /** Checks the file; one that is not there is left to whoever reads it. */
    void check(Path file, Place mention) {
        try {
            checkMode(file, mention, (int) Files.getAttribute(file, "unix:mode"));
            checkOwner(file, mention, Files.getOwner(file).getName());
        } catch (IOException e) {
            return; // reading it fails for the same reason, and says so
        }
    }

    private void checkMode(Path file, Place mention, int mode) {
        if ((mode & GROUP_AND_OTHERS) != 0) {
            String problem =
                    String.format(
                            "%s has mode %04o: others than its owner get in",
                            file, mode & PERMISSION_BITS);
            findings.error(mention, file.toString(), problem, "mode 0600: chmod 600 " + file);
        }
    }

    private void checkOwner(Path file, Place mention, String owner) {
        if (!trustedOwners.contains(owner)) {
            String problem = file + " belongs to " + owner;
            String expected = "an owner among " + new TreeSet<>(trustedOwners);
            findings.error(mention, file.toString(), problem, expected);
        }
    }
}
