package dev.pptpd.bench.mppe;

import dev.pptpd.bench.process.ServedWork;
import java.io.IOException;

/** All frames, encrypted and perhaps decrypted; only one of the two counts. */
interface DirectedWork extends ServedWork.Work {
    /** Which of them. */
    Direction direction();

    /** Encrypts every frame in its place, and says how long that took. */
    long encryptionNanos();

    /**
     * Decrypts them again.
     *
     * @throws IOException when that did not succeed
     */
    long decryptionNanos() throws IOException;

    @Override
    default double nanosPerUnit(int packets) throws IOException {
        long nanos = 0;
        for (int done = 0; done < packets; done += Frames.COUNT) {
            long encryption = encryptionNanos();
            nanos +=
                    switch (direction()) {
                        case ENCRYPT -> encryption;
                        case DECRYPT -> decryptionNanos();
                    };
        }
        return (double) nanos / packets;
    }
}
