package dev.pptpd.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Runs inside the server that is measured, on a thread of its own, and does nothing until it is
 * asked what is on the heap: the server itself lets nobody attach to it. Knows nothing but {@code
 * java.base}, which is all that is sure to be there.
 */
public final class HeapAgent {
    private static final String QUESTION = "heap-question";
    private static final String ANSWER = "heap-answer";
    private static final long LOOK_MILLIS = 50;

    /** The serial collector moves everything together in every fourth one only. */
    private static final int COLLECTIONS = 5;

    private static final long ANSWER_MILLIS = 20_000;

    private HeapAgent() {}

    /** Called by the JVM before the server's own main class. */
    public static void premain(String folder) {
        Thread.ofPlatform().daemon().name("heap-agent").start(() -> serve(Path.of(folder)));
    }

    private static void serve(Path folder) {
        try {
            while (true) {
                if (Files.deleteIfExists(folder.resolve(QUESTION))) {
                    Path answer = folder.resolve(ANSWER + ".new");
                    Files.writeString(answer, String.valueOf(usedOctets()));
                    Files.move(answer, folder.resolve(ANSWER), StandardCopyOption.ATOMIC_MOVE);
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (IOException e) {
            // The folder is gone, and with it whoever asks.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What can still be reached: most collections leave some garbage where it lies. */
    private static long usedOctets() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /**
     * The option that puts it into a JVM.
     *
     * @param folder for its jar, question and answer
     */
    static String option(Path folder) throws IOException {
        Path jar = folder.resolve("heap-agent.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", HeapAgent.class.getName());
        String entry = HeapAgent.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var octets = HeapAgent.class.getResourceAsStream("HeapAgent.class")) {
            if (octets == null) {
                throw new IOException("the bench has no " + entry);
            }
            out.putNextEntry(new JarEntry(entry));
            octets.transferTo(out);
        }
        return "-javaagent:" + jar + "=" + folder;
    }

    /** Asks the one of that folder. */
    static long ask(Path folder) throws IOException, InterruptedException {
        Path answer = folder.resolve(ANSWER);
        Files.deleteIfExists(answer);
        Files.createFile(folder.resolve(QUESTION));
        for (long waited = 0; waited < ANSWER_MILLIS; waited += LOOK_MILLIS) {
            if (Files.exists(answer)) {
                return Long.parseLong(Files.readString(answer));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IOException("the server does not say what is on its heap");
    }
}
