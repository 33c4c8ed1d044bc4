@NullMarked
package org.linli.edge.profile.frigate;

import org.jspecify.annotations.NullMarked;
