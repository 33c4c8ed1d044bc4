/**
 * What a load did, event by event, in a file that outlives it: written by load, read by its judge.
 */
@NullMarked
package org.linli.sims.journal;

import org.jspecify.annotations.NullMarked;
