/**
 * Sends as many events as asked for, whether or not the gateway keeps up, and measures how long
 * each took.
 */
@NullMarked
package org.linli.sims.load;

import org.jspecify.annotations.NullMarked;
