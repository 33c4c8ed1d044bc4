/** The gateway's own page, API and metrics. */
@NullMarked
package org.linli.edge.local;

import org.jspecify.annotations.NullMarked;
