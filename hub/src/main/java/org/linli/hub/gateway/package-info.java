/**
 * What gateways say, for the other modules, and how much memory they may take. Gateways come in by
 * {@code endpoint} or {@code broker}, and both lead to {@code entrance}.
 */
@NullMarked
package org.linli.hub.gateway;

import org.jspecify.annotations.NullMarked;
