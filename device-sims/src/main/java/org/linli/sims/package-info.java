/**
 * The program {@code device-sims}: simulated equipment, loads and attacks, and the checks of what
 * gateway and hub made of them.
 */
@NullMarked
package org.linli.sims;

import org.jspecify.annotations.NullMarked;
