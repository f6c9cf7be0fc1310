/* The CPU time of this thread, and the conversation with the bench that asks for it. */
#ifndef STOPWATCH_H
#define STOPWATCH_H

/* Time counts from here on ... */
void stopwatch_start(void);

/* ... up to here. Both may be called many times in one repetition. */
void stopwatch_stop(void);

/*
 * Says "ready", and then answers each number of units that comes in on a line of standard input:
 * has "work" do that many, and writes the nanoseconds that each of them took. Returns when standard
 * input ends.
 */
void stopwatch_serve(void (*work)(unsigned long units));

/* Ends the program with a sentence, and errno in words where there is one. */
_Noreturn void fail(const char *what);

#endif
