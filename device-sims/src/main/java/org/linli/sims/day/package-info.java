/** A day in a community as events, from nothing but a seed: no clock, no network. */
@NullMarked
package org.linli.sims.day;

import org.jspecify.annotations.NullMarked;
