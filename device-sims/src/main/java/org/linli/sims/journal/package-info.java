/**
 * The record of a load, event by event, in a file that outlives it: load writes it, reconcile reads
 * it.
 */
@NullMarked
package org.linli.sims.journal;

import org.jspecify.annotations.NullMarked;
