package dev.pptpd.bench.gre;

import dev.pptpd.lab.Namespace;
import java.util.ArrayList;
import java.util.List;

/**
 * Two namespaces joined by a pair of Ethernet devices. They go with it, and with the JVM however
 * that ends.
 */
final class Wire implements AutoCloseable {
    /** Of the near end, where the contestant is. */
    static final String NEAR_ADDRESS = "10.76.0.1";

    /** Of the far end. */
    static final String FAR_ADDRESS = "10.76.0.2";

    private static final String PREFIX = "/24";

    private final Namespace near = Namespace.create("near");
    private final Namespace far = Namespace.create("far");

    Wire() {
        near.veth("eth0", far, "eth0");
        near.address("eth0", NEAR_ADDRESS + PREFIX);
        far.address("eth0", FAR_ADDRESS + PREFIX);
    }

    Namespace near() {
        return near;
    }

    Namespace far() {
        return far;
    }

    /** The same program, at the near end. */
    List<String> atNearEnd(List<String> words) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", near.name()));
        all.addAll(words);
        return all;
    }

    @Override
    public void close() {
        near.close();
        far.close();
    }
}
