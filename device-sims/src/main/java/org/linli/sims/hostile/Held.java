package org.linli.sims.hostile;

import java.util.OptionalDouble;

/**
 * What one program held and said, from the beginning of an attack until things had settled.
 *
 * @param heapMb after a collection, once things had settled; empty where it could not be measured
 * @param residentMb once things had settled
 * @param mostResidentMb at any time
 * @param files open once things had settled
 * @param mostFiles at any time
 * @param threads once things had settled
 * @param mostThreads at any time
 * @param deaths how often it ended by itself
 * @param healthSilence longest time, in seconds, that its health was asked for without an answer
 * @param silence longest time, in seconds, in which it did not go on with what waited for it
 * @param untrue longest time, in seconds, in which it called itself UP while it did not go on
 * @param logMb what it wrote into its log
 */
record Held(
    OptionalDouble heapMb,
    double residentMb,
    double mostResidentMb,
    int files,
    int mostFiles,
    int threads,
    int mostThreads,
    int deaths,
    double healthSilence,
    double silence,
    double untrue,
    double logMb) {}
