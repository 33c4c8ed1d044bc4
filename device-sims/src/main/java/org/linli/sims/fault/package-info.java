/** Networks that fail on request: proxies for TCP and UDP between simulators, gateway and hub. */
@NullMarked
package org.linli.sims.fault;

import org.jspecify.annotations.NullMarked;
