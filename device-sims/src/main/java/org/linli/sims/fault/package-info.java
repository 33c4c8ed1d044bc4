/** Networks that fail on request: TCP and UDP proxies between simulators, gateway and hub. */
@NullMarked
package org.linli.sims.fault;

import org.jspecify.annotations.NullMarked;
