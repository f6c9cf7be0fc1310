package dev.pptpd.config;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the files do not say themselves.
 *
 * @param pppDirectory where {@code options}, {@code chap-secrets} and {@code peers} are
 * @param resolver for host names in any file
 * @param hostName our name where no file gives another
 * @param trustedOwners users whose files of secrets are believed
 */
public record ConfigEnvironment(
        Path pppDirectory, HostResolver resolver, String hostName, Set<String> trustedOwners) {
    public ConfigEnvironment {
        trustedOwners = Set.copyOf(trustedOwners);
    }

    /** This host: {@code /etc/ppp}, the system's resolver, files of root and of this process. */
    public static ConfigEnvironment system() {
        return new ConfigEnvironment(
                Path.of("/etc/ppp"),
                HostResolver.system(),
                systemHostName(),
                new HashSet<>(List.of("root", System.getProperty("user.name", "root"))));
    }

    private static String systemHostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return resolverHostName();
        }
    }

    private static String resolverHostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
