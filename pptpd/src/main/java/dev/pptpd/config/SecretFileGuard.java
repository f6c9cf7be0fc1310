package dev.pptpd.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Refuses a file of secrets that others can read or change. */
public final class SecretFileGuard {
    private static final int PERMISSION_BITS = 07777;
    private static final int GROUP_AND_OTHERS = 0077;

    private final Set<String> trustedOwners;
    private final Findings findings;

    SecretFileGuard(Set<String> trustedOwners, Findings findings) {
        this.trustedOwners = Set.copyOf(trustedOwners);
        this.findings = findings;
    }

    /**
     * What is wrong with a file of secrets.
     *
     * @param problem what is
     * @param expected what should be
     */
    public record Fault(String problem, String expected) {}

    /**
     * Looks who else may read or change a file.
     *
     * @param trustedOwners names of those it may belong to
     * @throws IOException where the file cannot be looked at
     */
    public static List<Fault> faults(Path file, Set<String> trustedOwners) throws IOException {
        List<Fault> faults = new ArrayList<>();
        int mode = (int) Files.getAttribute(file, "unix:mode");
        if ((mode & GROUP_AND_OTHERS) != 0) {
            String problem =
                    String.format(
                            "%s has mode %04o: others than its owner get in",
                            file, mode & PERMISSION_BITS);
            faults.add(new Fault(problem, "mode 0600: chmod 600 " + file));
        }
        String owner = Files.getOwner(file).getName();
        if (!trustedOwners.contains(owner)) {
            String expected = "an owner among " + new TreeSet<>(trustedOwners);
            faults.add(new Fault(file + " belongs to " + owner, expected));
        }
        return faults;
    }

    /** Checks the file; one that is not there is left to whoever reads it. */
    void check(Path file, Place mention) {
        List<Fault> faults;
        try {
            faults = faults(file, trustedOwners);
        } catch (IOException e) {
            return; // reading it fails for the same reason, and says so
        }
        for (Fault fault : faults) {
            findings.error(mention, file.toString(), fault.problem(), fault.expected());
        }
    }
}
