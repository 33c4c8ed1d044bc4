package org.linli.sims.hostile;

import java.util.OptionalDouble;

/**
 * The resources and answers of one program, from the beginning of an attack until it has settled
 * again.
 *
 * @param heapMb after a collection, once settled; empty when it could not be measured
 * @param residentMb once settled
 * @param mostResidentMb at any time
 * @param files open once settled
 * @param mostFiles at any time
 * @param threads once settled
 * @param mostThreads at any time
 * @param deaths how often it ended by itself
 * @param healthSilence longest time, in seconds, without an answer from its health page
 * @param silence longest time, in seconds, without progress on waiting work
 * @param untrue longest time, in seconds, in which its health said UP although it made no progress
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
