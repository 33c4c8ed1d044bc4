/**
 * A day in a community as a sequence of events that depends on nothing but a seed: no clock, no
 * network.
 */
@NullMarked
package org.linli.sims.day;

import org.jspecify.annotations.NullMarked;
