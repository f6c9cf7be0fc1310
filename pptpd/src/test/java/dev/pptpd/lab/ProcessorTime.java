package dev.pptpd.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The CPU time of processes, by proc(5). */
public final class ProcessorTime {
    /** Fields 14 to 17; here the third is the first. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    /** USER_HZ, on every machine that Linux runs on today. */
    private static final double TICKS_IN_SECOND = 100;

    private ProcessorTime() {}

    /**
     * What a process has had so far, in user and kernel mode, with its children that have ended and
     * that it has waited for; 0 when it is gone.
     */
    public static double seconds(long pid) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
        } catch (IOException e) {
            return 0;
        }
        // Behind the name, which may have blanks in it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int index = FIRST_TIME; index < FIRST_TIME + TIMES; index++) {
            ticks += Long.parseLong(fields[index]);
        }
        return ticks / TICKS_IN_SECOND;
    }
}
