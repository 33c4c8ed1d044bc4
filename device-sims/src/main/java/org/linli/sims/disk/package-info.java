/** Disks that fail, as real file systems, for tests of durable state. */
@NullMarked
package org.linli.sims.disk;

import org.jspecify.annotations.NullMarked;
